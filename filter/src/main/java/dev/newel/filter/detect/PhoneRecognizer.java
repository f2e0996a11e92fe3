package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Telephone numbers: international (ITU-T E.123, a plus sign), North American (three, three, four
 * digits), national with a leading zero and groups, and any of 7 to 15 digits behind a word that
 * announces one.
 */
record PhoneRecognizer() implements Recognizer {
  private static final int CONTEXT = 48;
  private static final int MAX = 28;
  private static final Pattern YEAR_LAST = Pattern.compile("dd?[-./]dd?[-./]dddd.*");
  private static final Pattern YEAR_FIRST = Pattern.compile("dddd[-./]dd?[-./]dd?.*");
  private static final Pattern NATIONAL = Pattern.compile("d{2,5}[ /-].*");
  private static final Pattern AMERICAN =
      Pattern.compile("(d[ .-]?)?(\\(ddd\\) ?|ddd[ .-])ddd[ .-]dddd");

  private static final String[] WORDS = {
    "phone",
    "tel",
    "call",
    "mobile",
    "cell",
    "fax",
    "contact",
    "whatsapp",
    "reach",
    "sms",
    "text me",
    "dial",
    "hotline",
    "telefon",
    "telefono",
    "teléfono",
    "téléphone",
    "rufen",
    "handy",
    "celular",
    "电话",
    "手机",
    "電話"
  };

  @Override
  public Entity entity() {
    return Entity.PHONE;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length());
    for (int i = window.from(); i < to; i++) {
      char c = text.charAt(i);
      if ((c == '+' || c == '(' || Recognizer.isDigit(c)) && (i == 0 || isFree(text, i))) {
        int end = end(text, i);
        if (end > 0) {
          matches.add(new Match(entity().label(), i, end, 1));
        }
      }
    }
  }

  private static boolean isFree(String text, int at) {
    char before = text.charAt(at - 1);
    boolean goesOn =
        at > 1
            && " -./".indexOf(before) >= 0
            && Recognizer.isDigit(text.charAt(at - 2))
            && text.charAt(at) != '+';
    return !Recognizer.isAlphanumeric(before)
        && "+_#$€£.".indexOf(before) < 0
        && (before != '(' || text.charAt(at) == '+')
        && !goesOn
        && before != '-';
  }

  private static int end(String text, int from) {
    var shape = new StringBuilder();
    int digits = 0;
    int at = from;
    int end = from;
    while (at < text.length() && at - from < MAX) {
      char c = text.charAt(at);
      if (Recognizer.isDigit(c)) {
        digits++;
        end = at + 1;
        shape.append('d');
      } else if ((c == '+' && at == from)
          || (c == '(' && isOpening(text, at))
          || (" .-/)".indexOf(c) >= 0 && at > from && !isTwice(text, at))) {
        shape.append(c);
      } else {
        break;
      }
      at++;
    }
    if ((end < text.length() && Recognizer.isAlphanumeric(text.charAt(end)))
        || digits < 7
        || digits > 15) {
      return -1;
    }
    String form = shape.substring(0, end - from);
    boolean international = form.startsWith("+") && digits >= 8;
    boolean american = AMERICAN.matcher(form).matches();
    boolean national =
        text.charAt(from) == '0' && digits >= 9 && digits <= 12 && NATIONAL.matcher(form).matches();
    boolean date = YEAR_FIRST.matcher(form).matches() || YEAR_LAST.matcher(form).matches();
    boolean meant = digits >= 7 && !date && isAnnounced(text, from);
    return international || american || (national && !date) || meant ? end : -1;
  }

  private static boolean isOpening(String text, int at) {
    return at + 1 < text.length() && Recognizer.isDigit(text.charAt(at + 1));
  }

  /** Two separators in a row end a number, except behind a parenthesis. */
  private static boolean isTwice(String text, int at) {
    char before = text.charAt(at - 1);
    return " .-/".indexOf(before) >= 0 && text.charAt(at) != '(';
  }

  private static boolean isAnnounced(String text, int start) {
    String before = text.substring(Math.max(0, start - CONTEXT), start).toLowerCase(Locale.ROOT);
    for (String word : WORDS) {
      if (before.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
