package dev.newel.cli.breakglass;

/** Text that others wrote, for a terminal: nothing in it can move the cursor or hide. */
final class Printable {
  private Printable() {}

  static String of(String untrusted) {
    if (untrusted == null) {
      return "";
    }
    var out = new StringBuilder();
    untrusted
        .codePoints()
        .forEach(c -> {
          int type = Character.getType(c);
          boolean hidden =
              Character.isISOControl(c)
                  || type == Character.FORMAT
                  || type == Character.LINE_SEPARATOR
                  || type == Character.PARAGRAPH_SEPARATOR
                  || type == Character.SURROGATE
                  || type == Character.UNASSIGNED;
          if (hidden) {
            out.append("\\u{%x}".formatted(c));
          } else {
            out.appendCodePoint(c);
          }
        });
    return out.toString();
  }
}
