package dev.newel.cli.check;

import dev.newel.cli.ExitCode;
import dev.newel.filter.Engine;
import dev.newel.filter.check.BadTextException;
import dev.newel.filter.check.GivenTexts;
import dev.newel.filter.check.TextJudge;
import dev.newel.policy.Action;
import dev.newel.policy.EffectivePolicy;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "check",
    description = {
      "Judge texts by policies, without a cluster and without a model.",
      "",
      "Reads one JSON object a line: {\"id\", \"text\", \"direction\": \"input|output\", \"role\":"
          + " \"system|user|assistant|tool_call|tool\"}; only text is needed. Writes one JSON"
          + " object a line, in the same order: {\"id\", \"action\", \"masked\", \"findings\":"
          + " [{\"rule\", \"detector\", \"entity\", \"start\", \"end\", \"score\"}],"
          + " \"inspected\", \"total\"}. Positions count Unicode code points of the text; inspected"
          + " and total count them, too.",
      "",
      "All policies that are given apply together, whatever they select. A line that cannot be read"
          + " is named on standard error, and the next ones are judged all the same."
    },
    footer = {
      "",
      "Ends with 0 when nothing was blocked, 1 when something was, 2 when a policy or a line could"
          + " not be used."
    })
public final class CheckCommand implements Callable<Integer> {
  /** Hash marks made here tell equal values apart from others; no filter makes the same ones. */
  private static final byte[] MASK_KEY = new byte[32];

  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--policy",
      arity = "1..*",
      required = true,
      paramLabel = "FILE",
      description =
          "YAML files with GuardrailPolicy and ClusterGuardrailPolicy resources, and the ConfigMaps"
              + " with the word lists that they name.")
  private List<Path> policies;

  @Option(
      names = "--jsonl",
      paramLabel = "FILE|-",
      defaultValue = "-",
      description = "The texts; - is standard input, and the default.")
  private String texts;

  public CheckCommand(InputStream in, PrintStream out, PrintStream err) {
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Engine engine;
    try {
      EffectivePolicy policy = PolicyFiles.read(policies);
      engine = Engine.compile(policy, MASK_KEY);
    } catch (BadInputException e) {
      e.messages().forEach(m -> err.println("newel check: " + m));
      return ExitCode.FAILED;
    } catch (IllegalArgumentException e) {
      err.println("newel check: " + e.getMessage());
      return ExitCode.FAILED;
    }
    if (texts.equals("-")) {
      return judge(engine, in, "standard input");
    }
    try (InputStream file = Files.newInputStream(Path.of(texts))) {
      return judge(engine, file, texts);
    } catch (IOException e) {
      return unreadable(texts, e);
    }
  }

  private int judge(Engine engine, InputStream from, String name) {
    var lines = new InputLines(new BufferedInputStream(from, 1 << 16));
    var judge = new TextJudge(engine);
    boolean blocked = false;
    boolean bad = false;
    while (true) {
      try {
        Optional<byte[]> line = lines.next();
        if (line.isEmpty()) {
          return bad ? ExitCode.FAILED : blocked ? ExitCode.NO : ExitCode.YES;
        }
        var judged = judge.judge(GivenTexts.one(line.get(), lines.number()));
        out.println(judged.json());
        out.flush();
        blocked |= judged.action() == Action.BLOCK;
      } catch (BadInputException | BadTextException e) {
        bad = true;
        err.println("newel check: " + name + ", line " + lines.number() + ": " + e.getMessage());
      } catch (IOException e) {
        return unreadable(name, e);
      }
    }
  }

  private int unreadable(String name, IOException e) {
    err.println("newel check: " + name + " " + PolicyFiles.why(e));
    return ExitCode.FAILED;
  }
}
