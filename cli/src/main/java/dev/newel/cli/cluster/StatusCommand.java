package dev.newel.cli.cluster;

import dev.newel.cli.ExitCode;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    description = {
      "Show the whole cluster on one screen: the operator, models and how many of their pods enforce"
          + " the newest policy, policies that are not ready, grants."
    },
    footer = {
      "",
      "Ends with 0 when an operator runs and every model and policy is ready, 1 when not, 2 when it"
          + " could not be found out."
    })
public final class StatusCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Source source;
  @Mixin private Output output;

  public StatusCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try {
      ClusterView view = ClusterView.of(source.look());
      output.print(out, view, Screen.of(view));
      return view.good() ? ExitCode.YES : ExitCode.NO;
    } catch (UnreachableException e) {
      err.println("newel status: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
