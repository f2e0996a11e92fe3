package dev.newel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.cli.audit.AuditCommand;
import dev.newel.cli.breakglass.BreakGlassCommand;
import dev.newel.cli.check.CheckCommand;
import dev.newel.cli.cluster.ExplainCommand;
import dev.newel.cli.cluster.StatusCommand;
import dev.newel.cli.cluster.SupportBundleCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code newel}, also as a kubectl plugin. Every command ends with 0 for yes, 1 for no
 * and 2 when it could not do its work; what it found goes to standard output, what went wrong to
 * standard error.
 */
@Command(
    name = "newel",
    description =
        "Guardrails for models: check policies before they are applied, see what is enforced,"
            + " verify what was recorded.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  private Main() {}

  public static void main(String[] args) {
    // Nothing here logs; that a library could is no news to the user.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    var out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    int code = ExitCode.FAILED; // a JVM that dies of an error would end with 1, which means no
    try {
      code = run(System.in, out, err, args);
    } catch (OutOfMemoryError e) {
      err.println("newel: out of memory; give it more with NEWEL_JAVA_OPTS=-Xmx2g");
    } finally {
      System.exit(code);
    }
  }

  /** Runs a command with these streams and gives its exit code. */
  public static int run(InputStream in, PrintStream out, PrintStream err, String... args) {
    var line =
        new CommandLine(new Main())
            .addSubcommand(new VersionCommand(out, err))
            .addSubcommand(new CheckCommand(in, out, err))
            .addSubcommand(BreakGlassCommand.of(in, out, err))
            .addSubcommand(AuditCommand.with(out, err))
            .addSubcommand(new ExplainCommand(out, err))
            .addSubcommand(new StatusCommand(out, err))
            .addSubcommand(new SupportBundleCommand(out, err))
            .addSubcommand(new RehearseCommand())
            .addSubcommand("completion", new AutoComplete.GenerateCompletion())
            .addSubcommand(new CommandLine.HelpCommand())
            .setOut(new PrintWriter(out, true, UTF_8))
            .setErr(new PrintWriter(err, true, UTF_8))
            .setExecutionExceptionHandler((e, _, _) -> {
              err.println("newel: " + e.getMessage());
              return ExitCode.FAILED;
            });
    int code = line.execute(args);
    if (out.checkError()) {
      err.println("newel: the output cannot be written; what it went to was closed or is full");
      return ExitCode.FAILED;
    }
    return code;
  }

  /** Without a command there is nothing to do. */
  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? `newel help` lists them.");
  }
}
