package dev.newel.cli.audit;

import dev.newel.audit.verify.Bundle;
import dev.newel.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    name = "bundle",
    description = {
      "Pack a log's checkpoint and tiles into one zip for an auditor.",
      "",
      "Equal logs give equal bytes. The file must not exist yet."
    })
final class BundleCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(index = "0", paramLabel = "FOLDER|BUNDLE")
  private Path path;

  @Parameters(index = "1", paramLabel = "ZIP")
  private Path to;

  BundleCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (Source source = Source.open(path)) {
      if (!source.hasLog()) {
        throw new UnusableException(path + " holds no log: neither checkpoint nor tile/ is there");
      }
      try (var file = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
        Bundle.write(file, source.files());
      }
      out.println(to + ": " + Files.size(to) + " bytes");
      return ExitCode.YES;
    } catch (UnusableException | IOException e) {
      err.println("newel audit bundle: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
