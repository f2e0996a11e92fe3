package dev.newel.e2e.scenarios;

import dev.newel.audit.log.Sealing;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.audit.merkle.VerifierKey;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verdict;
import dev.newel.audit.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The trail of a story as an auditor takes it home: one signed log in {@code audit/}, the key to
 * verify it with beside it. The secret half of the key is forgotten, so that nobody can sign
 * another one.
 */
final class SealedTrail {
  private final Path log;
  private final VerifierKey key;

  private SealedTrail(Path log, VerifierKey key) {
    this.log = log;
    this.key = key;
  }

  /** Seals these trails into {@code folder}. */
  static SealedTrail seal(List<List<String>> trails, Path folder) {
    try {
      SignerKey signer = SignerKey.generate("newel.dev/demo", new SecureRandom());
      Path work = Files.createTempDirectory("newel-seal");
      try {
        Sealing.seal(trails, work, signer, Clock.systemUTC());
        Sealing.publish(work, folder);
      } finally {
        delete(work);
      }
      Files.writeString(keyFile(folder), signer.verifier().text() + "\n");
      return new SealedTrail(folder, signer.verifier());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the log and not in it: whoever can change the one could change the other. */
  static Path keyFile(Path folder) {
    return folder.resolveSibling("audit-log.vkey");
  }

  Verdict verify() {
    return verify(log);
  }

  /** What the verifier says of a copy of which one byte of one event is another. */
  Verdict verifyWithAnAlteredByte(long index) {
    try {
      Path copy = Files.createTempDirectory("newel-altered");
      try {
        Sealing.publish(log, copy);
        // A log that grew keeps its partial tiles: the widest of the first 256 events is the last.
        Path tile;
        try (Stream<Path> files = Files.walk(copy.resolve("tile/entries"))) {
          tile =
              files
                  .filter(Files::isRegularFile)
                  .filter(f -> f.toString().contains("/000"))
                  .max(Comparator.comparingLong(f -> f.toFile().length()))
                  .orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(tile);
        int at = 0;
        for (long i = 0; i < index; i++) {
          at += 2 + ((bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff));
        }
        bytes[at + 100] ^= 1;
        Files.write(tile, bytes);
        return verify(copy);
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verdict verify(Path folder) {
    try {
      return Verifier.verify(LogFiles.folder(folder), asOfNow(), _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verifier.Options asOfNow() {
    var options = Verifier.Options.of(key);
    return new Verifier.Options(
        key, Optional.of(Clock.systemUTC().instant()), options.maxAge(), List.of());
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
