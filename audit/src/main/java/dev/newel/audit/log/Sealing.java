package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.StoredEvent;
import dev.newel.audit.merkle.SignerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts what producers recorded in files of their own into one signed log. From then on every byte
 * of it is covered; what somebody changed in the files before, only their chains can show.
 */
public final class Sealing {
  private Sealing() {}

  /**
   * Appends the lines of these trails, each trail's in its order, to the log in a folder, and
   * signs. What is there already is not appended again, so that sealing may be repeated as trails
   * grow.
   *
   * @param log made when it does not exist
   * @return how many events the log has now, its own among them
   * @throws RefusedException when a line is not what may come next; nothing of its trail is
   *     appended
   * @throws IllegalArgumentException when a line is no event
   */
  public static long seal(List<List<String>> trails, Path log, SignerKey key, Clock clock)
      throws IOException {
    try (var opened =
        TransparencyLog.open(EmbeddedStorage.open(log), key, clock, TransparencyLog.Pace.DEFAULT)) {
      for (List<String> trail : trails) {
        var events = new ArrayList<StoredEvent>();
        for (String line : trail) {
          events.add(StoredEvent.read(line.getBytes(UTF_8)));
        }
        opened.append(events, false);
      }
      return opened.size() + 1; // and log.closed
    }
  }

  /**
   * The files of a sealed log that readers need; the rest of its folder is for going on with it.
   */
  public static void publish(Path log, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(log)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = log.relativize(file).toString();
        if (path.equals("checkpoint") || path.startsWith("tile/")) {
          Path copy = to.resolve(path);
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }
}
