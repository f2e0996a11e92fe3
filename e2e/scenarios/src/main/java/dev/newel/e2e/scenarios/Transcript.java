package dev.newel.e2e.scenarios;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the demo says: on the terminal at once, and in a file. */
final class Transcript {
  /** The most lines that anybody reads. */
  static final int MAX_LINES = 40;

  private final PrintStream terminal;
  private final Path file;
  private final List<String> lines = new ArrayList<>();
  private int step;

  Transcript(PrintStream terminal, Path file) {
    this.terminal = terminal;
    this.file = file;
  }

  /** A step that was done and checked. */
  void done(String what, long beganNanos) {
    step++;
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    line(String.format(Locale.ROOT, "%2d. %-98s %5.1f s", step, what, seconds));
  }

  /** What a step showed. */
  void shown(String label, String text) {
    line(String.format(Locale.ROOT, "      %-9s %s", label, text.replaceAll("\\s+", " ").strip()));
  }

  void line(String line) {
    lines.add(line);
    terminal.println(line);
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (lines.size() > MAX_LINES) {
      throw new AssertionError("the demo says more than " + MAX_LINES + " lines");
    }
  }
}
