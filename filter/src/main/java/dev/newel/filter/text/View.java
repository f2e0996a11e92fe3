package dev.newel.filter.text;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * A way to read a text. A detector names those it wants and is shown the text in each of them; what
 * it finds leads back to the characters that were written.
 */
public enum View {
  /** NFKC, without invisible characters. */
  PLAIN,
  /** What looks alike is alike: letters of other scripts, letters with marks, foreign digits. */
  SKELETON,
  /** Digits and signs that stand for letters: {@code p4$$w0rd}. */
  LEET,
  /** Letters that stand apart: {@code p r o j e c t}. */
  SPACED,
  /** Percent, quoted-printable, HTML and programming-language escapes. */
  ESCAPES,
  /** Base64, also for URLs, without padding, wrapped, or cut anywhere. */
  BASE64,
  /** Hexadecimal digits, in one piece or in pairs. */
  HEX,
  /** Groups of eight binary digits. */
  BINARY,
  /** Decimal character codes. */
  DECIMAL,
  /** Dots and dashes (ITU-R M.1677-1). */
  MORSE,
  /** Letters moved by thirteen places. */
  ROT13,
  /** A message in tag characters or variation selectors, which no reader sees. */
  HIDDEN;

  /** All of them. */
  public static final Set<View> ALL = Collections.unmodifiableSet(EnumSet.allOf(View.class));

  /**
   * Those in which the characters of a value are certain: for detectors of formats, to which a
   * digit read as a letter, or letters put together, would be another value.
   */
  public static final Set<View> EXACT =
      Collections.unmodifiableSet(
          EnumSet.of(PLAIN, SKELETON, ESCAPES, BASE64, HEX, BINARY, DECIMAL, HIDDEN));

  /** As it stands in a finding: {@code base64}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
