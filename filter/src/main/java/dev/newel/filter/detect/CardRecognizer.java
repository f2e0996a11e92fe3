package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * Payment card numbers: 12 to 19 digits (ISO/IEC 7812-1), alone or in groups parted by one space or
 * hyphen, with an issuer range and length in use and a valid Luhn digit.
 */
final class CardRecognizer implements Recognizer {
  private static final int MIN_DIGITS = 12;
  private static final int MAX_DIGITS = 19;

  /** First digits, from and to, and the lengths in use (least, most) of each network. */
  private static final int[][] RANGES = {
    {4, 4, 13, 19}, // Visa
    {51, 55, 16, 16}, // Mastercard
    {2221, 2720, 16, 16}, // Mastercard
    {34, 34, 15, 15}, // American Express
    {37, 37, 15, 15}, // American Express
    {6011, 6011, 16, 19}, // Discover
    {644, 649, 16, 19}, // Discover
    {65, 65, 16, 19}, // Discover, RuPay
    {62, 62, 16, 19}, // UnionPay
    {81, 81, 16, 19}, // RuPay, UnionPay
    {3528, 3589, 16, 19}, // JCB
    {300, 305, 14, 19}, // Diners Club
    {36, 36, 14, 19}, // Diners Club
    {38, 39, 14, 19}, // Diners Club
    {50, 50, 12, 19}, // Maestro
    {56, 58, 12, 19}, // Maestro
    {6390, 6390, 12, 19}, // Maestro
    {67, 67, 12, 19}, // Maestro
  };

  @Override
  public Entity entity() {
    return Entity.CREDIT_DEBIT_CARD_NUMBER;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length());
    for (int i = window.from(); i < to; i++) {
      char c = text.charAt(i);
      if (Recognizer.isDigit(c) && (i == 0 || !isInside(text.charAt(i - 1)))) {
        int end = end(text, i);
        if (end > 0) {
          matches.add(new Match(entity().label(), i, end, 1));
        }
      }
    }
  }

  /**
   * A number that goes on to the left, or hangs on a word, a decimal point or a sign, is no card.
   */
  private static boolean isInside(char before) {
    return Recognizer.isAlphanumeric(before) || before == '.' || before == '_';
  }

  /** End of the longest valid number that begins here, or -1. */
  private static int end(String text, int from) {
    int[] digits = new int[MAX_DIGITS];
    int n = 0;
    int best = -1;
    int i = from;
    while (i < text.length() && n < MAX_DIGITS && Recognizer.isDigit(text.charAt(i))) {
      digits[n++] = text.charAt(i++) - '0';
      boolean groupEnds = i == text.length() || !Recognizer.isAlphanumeric(text.charAt(i));
      if (groupEnds && n >= MIN_DIGITS && inUse(digits, n) && luhn(digits, n)) {
        best = i;
      }
      if (i + 1 < text.length()
          && (text.charAt(i) == ' ' || text.charAt(i) == '-')
          && Recognizer.isDigit(text.charAt(i + 1))) {
        i++;
      }
    }
    return best;
  }

  private static boolean inUse(int[] digits, int n) {
    for (int[] range : RANGES) {
      int prefix = 0;
      int used = 0;
      while (Math.pow(10, used) <= range[0]) {
        prefix = prefix * 10 + digits[used++];
      }
      if (prefix >= range[0] && prefix <= range[1] && n >= range[2] && n <= range[3]) {
        return true;
      }
    }
    return false;
  }

  /** ISO/IEC 7812-1, annex B. */
  private static boolean luhn(int[] digits, int n) {
    int sum = 0;
    for (int i = 0; i < n; i++) {
      int d = digits[n - 1 - i];
      sum += i % 2 == 0 ? d : d < 5 ? 2 * d : 2 * d - 9;
    }
    return sum % 10 == 0;
  }
}
