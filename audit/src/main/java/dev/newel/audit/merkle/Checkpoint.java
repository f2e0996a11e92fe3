package dev.newel.audit.merkle;

import java.util.Base64;

/**
 * The head of a log (C2SP tlog-checkpoint): what its signature vouches for.
 *
 * @param origin the log's name
 * @param size how many leaves
 * @param root of the tree of these leaves
 */
public record Checkpoint(String origin, long size, Hash root) {
  /** The text that is signed; ends with a line feed. */
  public String text() {
    return origin + "\n" + size + "\n" + root.base64() + "\n";
  }

  /** As a signed note. */
  public String sign(SignerKey key) {
    return SignedNote.sign(text(), key);
  }

  /**
   * Reads the text of a note.
   *
   * @throws IllegalArgumentException when it is no checkpoint
   */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    try {
      long size = Long.parseLong(lines[1]);
      byte[] root = Base64.getDecoder().decode(lines[2]);
      var read = new Checkpoint(lines[0], size, Hash.of(root));
      // Extension lines may follow and are signed like the rest; the first three have one form
      // only.
      if (size >= 0 && text.startsWith(read.text()) && !lines[0].isEmpty()) {
        return read;
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      // said below
    }
    throw new IllegalArgumentException(
        "no checkpoint; expected the log's name, its size and the base64 of its root, a line each");
  }
}
