package dev.newel.cli.breakglass;

import java.io.InputStream;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Access for a while: {@code newel breakglass …}, also as {@code kubectl newel breakglass …}. */
@Command(
    name = "breakglass",
    description = "Ask for access for a while, approve it, end it, review it.",
    synopsisSubcommandLabel = "COMMAND")
public final class BreakGlassCommand implements Runnable {
  @Spec private CommandSpec spec;

  private BreakGlassCommand() {}

  /** With all its subcommands. */
  public static CommandLine of(InputStream in, PrintStream out, PrintStream err) {
    var line =
        new CommandLine(new BreakGlassCommand())
            .addSubcommand(new RequestCommand(out, err))
            .addSubcommand(new ListCommand(out, err));
    for (Word word : Word.values()) {
      var decision = new CommandLine(new DecisionCommand(word, in, out, err));
      decision.getCommandSpec().usageMessage().description(word.description());
      line.addSubcommand(word.text(), decision);
    }
    return line.addSubcommand(new CommandLine.HelpCommand());
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? `newel breakglass help` lists them.");
  }
}
