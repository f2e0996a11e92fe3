package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.verify.Verdict;
import dev.newel.audit.verify.Verifier;
import dev.newel.cli.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    description = {
      "Verify a log from its files: that nothing was altered, and that nothing is missing.",
      "",
      "Needs no cluster and no network. Checks V1 to V10 are described in docs/audit.md."
    },
    footer = {
      "",
      "Ends with 0 when the log is sound, 1 when something is wrong with it, 2 when it could not be"
          + " verified."
    })
final class VerifyCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "FOLDER|BUNDLE", description = "A log's folder, or a bundle of it.")
  private Path path;

  @Mixin private KeyOption key;

  @Option(
      names = "--as-of",
      paramLabel = "TIME",
      description =
          "When the log was taken, 2026-11-23T15:04:05Z for example: whether its end is missing can"
              + " be told only with this.")
  private Instant asOf;

  @Option(
      names = "--max-age",
      paramLabel = "DURATION",
      defaultValue = "PT5M",
      description = "How old the newest event may be at --as-of; ${DEFAULT-VALUE} by default.")
  private Duration maxAge;

  @Option(
      names = "--seen",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Checkpoints that were kept from earlier: the log must have grown from them.")
  private List<Path> seen = List.of();

  @Option(
      names = "--unsigned",
      description =
          "Verify the chains of producers' own files (*.jsonl), of which nothing is signed.")
  private boolean unsigned;

  @Option(names = "--json", description = "Write the verdict as one JSON object.")
  private boolean json;

  @Option(names = "--sarif", description = "Write the findings in SARIF 2.1.0.")
  private boolean sarif;

  VerifyCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (Source source = Source.open(path)) {
      Verdict verdict = verify(source);
      if (json) {
        out.println(VerdictJson.json(verdict));
      } else if (sarif) {
        out.println(VerdictJson.sarif(verdict, path.toString()));
      } else {
        VerdictText.print(verdict, out);
      }
      return verdict.sound() ? ExitCode.YES : ExitCode.NO;
    } catch (UnusableException | IOException e) {
      err.println("newel audit verify: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private Verdict verify(Source source) throws IOException {
    if (!source.hasLog()) {
      boolean lines = source.files().paths().stream().anyMatch(p -> p.endsWith(".jsonl"));
      if (!lines) {
        throw new UnusableException(
            path + " holds no log: neither checkpoint and tile/ nor *.jsonl is there");
      }
      if (!unsigned) {
        throw new UnusableException(
            path
                + " holds files of producers only, and no signed log; --unsigned verifies their"
                + " chains, which show less");
      }
      return Verifier.verifyUnsigned(source.files());
    }
    var notes = new ArrayList<String>();
    for (Path file : seen) {
      notes.add(Files.readString(file, UTF_8));
    }
    var options =
        new Verifier.Options(key.read(path, err), Optional.ofNullable(asOf), maxAge, notes);
    var progress = new Progress(err);
    return Verifier.verify(source.files(), options, progress::read);
  }
}
