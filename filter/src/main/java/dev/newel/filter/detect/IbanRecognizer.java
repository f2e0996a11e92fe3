package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * International bank account numbers (ISO 13616-1): a country of the SWIFT registry with its
 * length, in one piece or in groups parted by one space or hyphen, and a remainder of 1 modulo 97
 * (ISO 7064, MOD 97-10). Lower case is accepted.
 */
final class IbanRecognizer implements Recognizer {
  /** Country and length, from the SWIFT IBAN registry, release 99. */
  private static final String REGISTRY =
      "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27"
          + " DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21"
          + " HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
          + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24"
          + " RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22"
          + " VG24 XK20 YE30";

  private static final Map<String, Integer> LENGTHS = lengths();

  @Override
  public Entity entity() {
    return Entity.INTERNATIONAL_BANK_ACCOUNT_NUMBER;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length() - 4);
    for (int i = window.from(); i < to; i++) {
      if (Recognizer.isDigit(text.charAt(i + 2))
          && Recognizer.isLetter(text.charAt(i))
          && Recognizer.isLetter(text.charAt(i + 1))
          && Recognizer.isDigit(text.charAt(i + 3))
          && (i == 0 || !Recognizer.isAlphanumeric(text.charAt(i - 1)))) {
        Integer length = LENGTHS.get(text.substring(i, i + 2).toUpperCase(Locale.ROOT));
        int end = length == null ? -1 : end(text, i, length);
        if (end > 0) {
          matches.add(new Match(entity().label(), i, end, 1));
        }
      }
    }
  }

  private static int end(String text, int from, int length) {
    var plain = new StringBuilder(length);
    int i = from;
    while (i < text.length() && plain.length() < length) {
      char c = text.charAt(i);
      if (Recognizer.isAlphanumeric(c)) {
        plain.append(Character.toUpperCase(c));
      } else if ((c != ' ' && c != '-') || !Recognizer.isAlphanumeric(text.charAt(i - 1))) {
        return -1;
      }
      i++;
    }
    boolean ends = i == text.length() || !Recognizer.isAlphanumeric(text.charAt(i));
    return plain.length() == length && ends && remainder(plain) == 1 ? i : -1;
  }

  private static int remainder(CharSequence iban) {
    int rest = 0;
    for (int i = 0; i < iban.length(); i++) {
      char c = iban.charAt((i + 4) % iban.length());
      int value = Character.digit(c, 36);
      rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
    }
    return rest;
  }

  private static Map<String, Integer> lengths() {
    var all = new HashMap<String, Integer>();
    for (String entry : REGISTRY.split(" ", -1)) {
      all.put(entry.substring(0, 2), Integer.valueOf(entry.substring(2)));
    }
    return all;
  }
}
