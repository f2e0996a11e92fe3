package dev.newel.cli;

import dev.newel.cli.cluster.OperatorVersion;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "version",
    description =
        "Print the version of this program, and of the operator where one can be reached.",
    footer = {"", "Ends with 0, also when no operator can be reached."})
final class VersionCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private OperatorVersion operator;

  @Option(names = "--client", description = "Ask no cluster.")
  private boolean clientOnly;

  VersionCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    var properties = new Properties();
    try (var file = VersionCommand.class.getResourceAsStream("version.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.println("newel " + properties.getProperty("version"));
    out.flush();
    if (!clientOnly && OperatorVersion.configured()) {
      operator.print(out, err);
    }
    return ExitCode.YES;
  }
}
