package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.merkle.VerifierKey;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The key to verify with: given as text or as a file, never taken from the log by itself. */
final class KeyOption {
  @Option(
      names = "--key",
      paramLabel = "FILE|VKEY",
      description =
          "The log's public key, <name>+<id>+<base64>, or a file that holds it. Take it from the"
              + " log's operator, not from the log: kubectl get auditlog main -o"
              + " jsonpath={.status.publicKey}")
  private String key;

  /** Reads it; says so when it lies within what it is to vouch for. */
  VerifierKey read(Path log, PrintStream err) {
    if (key == null) {
      throw new UnusableException(
          "no key: say with --key which key the log must be signed by (a file, or"
              + " <name>+<id>+<base64>); without it nothing can be verified");
    }
    try {
      Path file = Path.of(key);
      if (!key.contains("+") || Files.isRegularFile(file)) {
        if (Files.isDirectory(log) && file.toRealPath().startsWith(log.toRealPath())) {
          err.println(
              "newel audit: the key comes from the log's own folder: whoever could change the log"
                  + " could change the key. Compare it with one from elsewhere.");
        }
        return VerifierKey.parse(Files.readString(file, UTF_8));
      }
      return VerifierKey.parse(key);
    } catch (IOException e) {
      throw new UnusableException("the key file " + key + " cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new UnusableException(key + " is " + e.getMessage());
    }
  }
}
