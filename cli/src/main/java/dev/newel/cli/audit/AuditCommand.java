package dev.newel.cli.audit;

import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Verify and read an audit log from its files, offline.",
    synopsisSubcommandLabel = "COMMAND")
public final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec;

  private AuditCommand() {}

  /** The command with its own commands. */
  public static CommandLine with(PrintStream out, PrintStream err) {
    return new CommandLine(new AuditCommand())
        .addSubcommand(new VerifyCommand(out, err))
        .addSubcommand(new QueryCommand(out, err))
        .addSubcommand(new TailCommand(out, err))
        .addSubcommand(new ProveCommand(out, err))
        .addSubcommand(new BundleCommand(out, err));
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? `newel audit --help` lists them.");
  }
}
