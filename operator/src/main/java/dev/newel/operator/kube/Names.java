package dev.newel.operator.kube;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that fit: a name that is too long is cut and gets a hash of the whole. */
public final class Names {
  /** The most characters of a label's value and of a Service's name (RFC 1123). */
  private static final int MAX = 63;

  private Names() {}

  /** A child's name: the model's, with a suffix; at most 63 characters. */
  public static String child(String model, String suffix) {
    String name = (model + suffix).replace('.', '-');
    return name.length() <= MAX && name.equals(model + suffix)
        ? name
        : cut(name, MAX - 9) + "-" + hash(model + suffix).substring(0, 8);
  }

  /** A label's value that stands for the model. */
  public static String label(String model) {
    return model.length() <= MAX ? model : cut(model, MAX - 9) + "-" + hash(model).substring(0, 8);
  }

  private static String cut(String name, int most) {
    String cut = name.length() <= most ? name : name.substring(0, most);
    return cut.replaceAll("[-.]+$", "");
  }

  /** SHA-256 in hex. */
  public static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
