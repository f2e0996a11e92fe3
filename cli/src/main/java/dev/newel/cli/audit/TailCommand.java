package dev.newel.cli.audit;

import dev.newel.audit.StoredEvent;
import dev.newel.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "tail",
    description = "Print the newest events in short: time, type, subject, producer.")
final class TailCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "FOLDER|BUNDLE")
  private Path path;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many; ${DEFAULT-VALUE}.")
  private int count;

  TailCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    var last = new ArrayDeque<String>();
    try (Source source = Source.open(path)) {
      source.entries((index, entry) -> {
        last.add(line(index, entry));
        if (last.size() > count) {
          last.remove();
        }
        return true;
      });
    } catch (UnusableException | IOException | IllegalArgumentException e) {
      err.println("newel audit tail: " + e.getMessage());
      return ExitCode.FAILED;
    }
    last.forEach(out::println);
    return ExitCode.YES;
  }

  private static String line(long index, byte[] entry) {
    try {
      StoredEvent e = StoredEvent.read(entry);
      return "%6d  %s  %-32s %s  (%s)"
          .formatted(index, e.time(), e.type().wire(), e.subject(), e.producer());
    } catch (IllegalArgumentException e) {
      return "%6d  no event: %s".formatted(index, e.getMessage());
    }
  }
}
