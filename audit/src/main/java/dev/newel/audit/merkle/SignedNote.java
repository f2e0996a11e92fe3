package dev.newel.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;

/** A text with signatures below it (C2SP signed-note). */
public final class SignedNote {
  private static final String MARK = "\u2014 ";

  private SignedNote() {}

  /** The note with one signature. */
  static String sign(String text, SignerKey key) {
    byte[] signature = key.sign(text.getBytes(UTF_8));
    byte[] typed =
        ByteBuffer.allocate(4 + signature.length)
            .putInt(key.verifier().id())
            .put(signature)
            .array();
    return text
        + "\n"
        + MARK
        + key.verifier().name()
        + " "
        + Base64.getEncoder().encodeToString(typed)
        + "\n";
  }

  /**
   * The text, when this key signed it. Signatures of others are passed over, as the format wants
   * it; one by this key that does not verify makes the note worthless, whatever else is there.
   *
   * @throws IllegalArgumentException when it is no note, or this key did not sign it
   */
  public static String open(String note, VerifierKey key) {
    int end = note.lastIndexOf("\n\n");
    if (end < 0 || !note.endsWith("\n") || note.indexOf('\ufffd') >= 0) {
      throw new IllegalArgumentException(
          "no signed note: expected a text, an empty line and signatures");
    }
    String text = note.substring(0, end + 1);
    boolean signed = false;
    for (String line : note.substring(end + 2, note.length() - 1).split("\n", -1)) {
      String[] parts = line.split(" ", -1);
      if (parts.length != 3 || !line.startsWith(MARK)) {
        throw new IllegalArgumentException("no signed note: a line of signature is malformed");
      }
      byte[] typed = decoded(parts[2]);
      if (!parts[1].equals(key.name()) || ByteBuffer.wrap(typed).getInt() != key.id()) {
        continue;
      }
      byte[] signature = new byte[typed.length - 4];
      System.arraycopy(typed, 4, signature, 0, signature.length);
      if (!key.verifies(text.getBytes(UTF_8), signature)) {
        throw new IllegalArgumentException("the signature of " + key.name() + " does not verify");
      }
      signed = true;
    }
    if (!signed) {
      throw new IllegalArgumentException("not signed by the key " + key);
    }
    return text;
  }

  private static byte[] decoded(String text) {
    byte[] bytes = Base64.getDecoder().decode(text);
    // The JDK's decoder passes over spare bits; one signature has one form.
    if (bytes.length < 5 || !Base64.getEncoder().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("no signed note: a signature is malformed");
    }
    return bytes;
  }
}
