package dev.newel.filter.detect;

/** Check digits of public numbers; each takes the number without separators, in upper case. */
final class Checksums {
  private static final String LETTERS_OF_DNI = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String LETTERS_OF_HETU = "0123456789ABCDEFHJKLMNPRSTUVWXY";

  /** Of an odd position in an Italian fiscal code, by value: decree of 23 December 1976. */
  private static final int[] ODD = {
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
  };

  /** Multiplication in the dihedral group of order ten (Verhoeff, 1969). */
  private static final String[] VERHOEFF = {
    "0123456789", "1234067895", "2340178956", "3401289567", "4012395678",
    "5987604321", "6598710432", "7659821043", "8765932104", "9876543210"
  };

  private static final String[] PERMUTATIONS = {
    "0123456789",
    "1576283094",
    "5803796142",
    "8916043527",
    "9453126870",
    "4286573901",
    "2793806415",
    "7046913258"
  };

  private Checksums() {}

  /** Digit at an index. */
  static int digit(String number, int index) {
    return Character.digit(number.charAt(index), 36);
  }

  /** Sum of the first digits, each times its weight. */
  static int sum(String number, int... weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += digit(number, i) * weights[i];
    }
    return sum;
  }

  static long value(String number, int from, int to) {
    return Long.parseLong(number, from, to, 10);
  }

  /** ISO/IEC 7812-1, annex B. */
  static boolean luhn(String number) {
    int sum = 0;
    for (int i = 0; i < number.length(); i++) {
      int d = digit(number, number.length() - 1 - i);
      sum += i % 2 == 0 ? d : d < 5 ? 2 * d : 2 * d - 9;
    }
    return sum % 10 == 0 && !number.chars().allMatch(c -> c == '0');
  }

  static boolean verhoeff(String number) {
    int c = 0;
    for (int i = 0; i < number.length(); i++) {
      int d = digit(number, number.length() - 1 - i);
      c = VERHOEFF[c].charAt(PERMUTATIONS[i % 8].charAt(d) - '0') - '0';
    }
    return c == 0;
  }

  /** ISO 7064, MOD 11,10: German tax number, Croatian OIB. */
  static boolean mod1110(String number) {
    int product = 10;
    for (int i = 0; i < number.length() - 1; i++) {
      int s = (digit(number, i) + product) % 10;
      product = (s == 0 ? 10 : s) * 2 % 11;
    }
    return (11 - product) % 10 == digit(number, number.length() - 1);
  }

  static boolean dni(String number) {
    return LETTERS_OF_DNI.charAt((int) (value(number, 0, 8) % 23)) == number.charAt(8);
  }

  static boolean nie(String number) {
    return dni("XYZ".indexOf(number.charAt(0)) + number.substring(1));
  }

  /** Day, month and year before a sign of the century, then three digits and the check. */
  static boolean hetu(String code) {
    String plain = code.substring(0, 6) + code.substring(7, 10);
    return isDate(code, 2, 0)
        && LETTERS_OF_HETU.charAt((int) (value(plain, 0, 9) % 31)) == code.charAt(10);
  }

  static boolean fiscalCode(String code) {
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = code.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A';
      sum += i % 2 == 0 ? ODD[value] : value;
    }
    return sum % 26 == code.charAt(15) - 'A';
  }

  static boolean nric(String id) {
    int sum = 0;
    int[] weights = {2, 7, 6, 5, 4, 3, 2};
    for (int i = 0; i < 7; i++) {
      sum += digit(id, i + 1) * weights[i];
    }
    return switch (id.charAt(0)) {
      case 'S' -> "JZIHGFEDCBA".charAt(sum % 11) == id.charAt(8);
      case 'T' -> "JZIHGFEDCBA".charAt((sum + 4) % 11) == id.charAt(8);
      case 'F' -> "XWUTRQPNMLK".charAt(sum % 11) == id.charAt(8);
      case 'G' -> "XWUTRQPNMLK".charAt((sum + 4) % 11) == id.charAt(8);
      default -> false;
    };
  }

  static boolean abn(String number) {
    String less = (digit(number, 0) - 1) + number.substring(1);
    return number.charAt(0) != '0' && sum(less, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) % 89 == 0;
  }

  static boolean cpf(String n) {
    return !n.chars().allMatch(c -> c == n.charAt(0))
        && rest11(sum(n, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(n, 9)
        && rest11(sum(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(n, 10);
  }

  static boolean cnpj(String n) {
    return !n.chars().allMatch(c -> c == n.charAt(0))
        && rest11(sum(n, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(n, 12)
        && rest11(sum(n, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == digit(n, 13);
  }

  private static int rest11(int sum) {
    return sum % 11 < 2 ? 0 : 11 - sum % 11;
  }

  static boolean norwegian(String n) {
    return isDate(n, 2, 0)
        && sum(n, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
        && sum(n, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
  }

  static boolean turkish(String n) {
    int odd = digit(n, 0) + digit(n, 2) + digit(n, 4) + digit(n, 6) + digit(n, 8);
    int even = digit(n, 1) + digit(n, 3) + digit(n, 5) + digit(n, 7);
    return n.charAt(0) != '0'
        && Math.floorMod(odd * 7 - even, 10) == digit(n, 9)
        && sum(n, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10 == digit(n, 10);
  }

  static boolean chinese(String n) {
    int sum = sum(n, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2);
    return "10X98765432".charAt(sum % 11) == n.charAt(17) && isDate(n, 10, 12);
  }

  /** ISO 3779 with the North American check digit (49 CFR 565.15). */
  static boolean vin(String vin) {
    int[] weights = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 17; i++) {
      int at = "0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ".indexOf(vin.charAt(i));
      if (at < 0) {
        return false;
      }
      sum += at % 10 * weights[i];
    }
    return "0123456789X".charAt(sum % 11) == vin.charAt(8);
  }

  /**
   * Whether a month and a day of two digits stand at these indices; 81 to 92 are months of PESEL.
   */
  static boolean isDate(String number, int month, int day) {
    int m = (int) value(number, month, month + 2) % 20;
    int d = (int) value(number, day, day + 2) % 40;
    return m >= 1 && m <= 12 && d >= 1 && d <= 31;
  }
}
