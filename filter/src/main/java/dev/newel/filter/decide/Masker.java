package dev.newel.filter.decide;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Decides what stands in the place of masked spans. */
public final class Masker {
  /**
   * Of several findings on one character the one that reaches farthest is shown, because then the
   * fewest marks stand in the text; of those the style that reveals least; then the first rule.
   */
  private static final Comparator<Finding> SHOWN =
      Comparator.comparingInt(Finding::end)
          .thenComparing(f -> f.rule().mask())
          .thenComparing(Comparator.comparing((Finding f) -> f.rule().id()).reversed())
          .thenComparing(Finding::entity);

  private final SecretKeySpec key;

  /**
   * A masker whose hashes are made with this key.
   *
   * @param key 16 bytes or more
   */
  public Masker(byte[] key) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** Of two findings on one character the one that is shown. */
  static Finding shown(Finding one, Finding other) {
    return SHOWN.compare(one, other) >= 0 ? one : other;
  }

  /** What stands in the place of the finding's span. */
  String replacement(Finding finding) {
    return switch (finding.rule().mask()) {
      case LABEL -> "<" + finding.entity() + ">";
      case HASH -> "<" + finding.entity() + ":" + hash(finding.matched()) + ">";
      case PARTIAL -> partial(finding.matched());
    };
  }

  private String hash(String value) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of().formatHex(mac.doFinal(value.getBytes(UTF_8)), 0, 4);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  /** The last four letters and digits, when that is less than half of them. */
  private static String partial(String value) {
    String plain = value.replaceAll("[^\\p{L}\\p{N}]", "");
    return "****" + (plain.length() < 9 ? "" : plain.substring(plain.length() - 4));
  }
}
