package dev.newel.e2e.scenarios;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program of the repository, run as a user would. */
final class Script {
  static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();

  private Script() {}

  /**
   * How it ended.
   *
   * @param output standard output and error together
   */
  record Ended(int exit, String output) {}

  static Ended run(int minutes, String... command) throws IOException, InterruptedException {
    Path log = Files.createTempFile("newel-script", ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!process.waitFor(minutes, TimeUnit.MINUTES)) {
      process.destroy();
      process.waitFor();
      throw new AssertionError(
          String.join(" ", command) + " ran past " + minutes + " min:\n" + Files.readString(log));
    }
    var ended = new Ended(process.exitValue(), Files.readString(log));
    Files.delete(log);
    return ended;
  }
}
