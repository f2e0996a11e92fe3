package dev.newel.operator.breakglass;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Who a user name stands for, so that one person does not count twice. As in {@code
 * admission.yaml}: lower case, what stands behind the last of {@code : # / \} and before {@code @}
 * and {@code +}; here also look-alikes of Unicode are folded. Two people of different domains with
 * the same name count as one: that refuses too much, never too little.
 */
record Person(String name) {
  private static final String SYSTEM = "system:";

  static Person of(String user) {
    String folded =
        Normalizer.normalize(user, Normalizer.Form.NFKC)
            .replaceAll("\\p{C}", "")
            .strip()
            .toLowerCase(Locale.ROOT);
    if (folded.startsWith(SYSTEM)) {
      return new Person(folded);
    }
    String last = folded.substring(lastSeparator(folded) + 1);
    String local = before(before(last, '@'), '+');
    return new Person(local.isEmpty() ? folded : local);
  }

  private static int lastSeparator(String text) {
    int last = -1;
    for (char separator : new char[] {':', '#', '/', '\\'}) {
      last = Math.max(last, text.lastIndexOf(separator));
    }
    return last;
  }

  private static String before(String text, char end) {
    int at = text.indexOf(end);
    return at < 0 ? text : text.substring(0, at);
  }

  /** Accounts of programs and nodes decide nothing. */
  boolean isProgram() {
    return name.startsWith(SYSTEM);
  }
}
