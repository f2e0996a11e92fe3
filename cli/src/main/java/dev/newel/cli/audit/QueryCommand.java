package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.StoredEvent;
import dev.newel.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "query",
    description = {
      "Print events of a log, one a line, oldest first. It does not verify: see `newel audit verify`."
    },
    footer = {"", "Ends with 0 when there were some, 1 when there were none, 2 when it failed."})
final class QueryCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "FOLDER|BUNDLE")
  private Path path;

  @Mixin private EventFilter filter;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private long limit = Long.MAX_VALUE;

  @Option(
      names = "--index",
      description = "Begin each line with the event's index, as `newel audit prove` takes it.")
  private boolean withIndex;

  QueryCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    long[] counts = new long[2];
    try (Source source = Source.open(path)) {
      source.entries((index, entry) -> {
        try {
          if (filter.wants(StoredEvent.read(entry))) {
            out.println((withIndex ? index + "\t" : "") + new String(entry, UTF_8));
            counts[0]++;
          }
        } catch (IllegalArgumentException e) {
          counts[1]++;
        }
        return counts[0] < limit;
      });
    } catch (UnusableException | IOException | IllegalArgumentException e) {
      err.println("newel audit query: " + e.getMessage());
      return ExitCode.FAILED;
    }
    if (counts[1] > 0) {
      err.println(
          "newel audit query: %d entries are no events and were left out; `newel audit verify` names"
                  .formatted(counts[1])
              + " them");
    }
    return counts[0] > 0 ? ExitCode.YES : ExitCode.NO;
  }
}
