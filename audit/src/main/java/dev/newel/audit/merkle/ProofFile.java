package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * That an entry is in a log, to be verified offline (C2SP tlog-proof): index and path of the
 * inclusion proof, then the signed checkpoint it leads to.
 *
 * @param index of the entry
 * @param path from the entry to the root
 * @param note the signed checkpoint
 */
public record ProofFile(long index, List<Hash> path, String note) {
  private static final String HEAD = "c2sp.org/tlog-proof@v1";

  public ProofFile {
    path = List.copyOf(path);
  }

  public String text() {
    var text = new StringBuilder(HEAD + "\nindex " + index + "\n");
    path.forEach(hash -> text.append(hash.base64()).append('\n'));
    return text.append('\n').append(note).toString();
  }

  /**
   * Reads a proof.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static ProofFile parse(String text) {
    int end = text.indexOf("\n\n");
    if (end < 0 || !text.startsWith(HEAD + "\nindex ")) {
      throw new IllegalArgumentException("no proof: expected " + HEAD + " and an index");
    }
    String[] lines = text.substring(0, end).split("\n", -1);
    var path = new ArrayList<Hash>();
    for (int i = 2; i < lines.length; i++) {
      path.add(Hash.of(Base64.getDecoder().decode(lines[i])));
    }
    long index = Long.parseLong(lines[1].substring("index ".length()));
    var proof = new ProofFile(index, path, text.substring(end + 2));
    if (!proof.text().equals(text)) {
      throw new IllegalArgumentException("no proof: not written as the format wants it");
    }
    return proof;
  }

  /**
   * The checkpoint, when it is signed by this key and holds the entry at the index.
   *
   * @throws IllegalArgumentException when it does not
   */
  public Checkpoint verify(byte[] entry, VerifierKey key) {
    Checkpoint checkpoint = Checkpoint.parse(SignedNote.open(note, key));
    if (!Proofs.isIncluded(Hash.ofLeaf(entry), index, checkpoint.size(), path, checkpoint.root())) {
      throw new IllegalArgumentException(
          "the entry is not at index " + index + " of the log of size " + checkpoint.size());
    }
    return checkpoint;
  }
}
