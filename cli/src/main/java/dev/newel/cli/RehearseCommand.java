package dev.newel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Runs what people run most, on files of its own, so that the JVM can write down what it loaded
 * ({@code -XX:AOTCacheOutput}). Called by {@code cli/train} when the command line is packaged.
 */
@Command(name = "rehearse", hidden = true)
final class RehearseCommand implements Callable<Integer> {
  private static final String POLICY =
      """
      apiVersion: newel.dev/v1alpha1
      kind: GuardrailPolicy
      metadata: {name: rehearsal, namespace: default}
      spec:
        rules:
        - {name: mail, sensitive: {entities: [EMAIL]}, input: Mask, output: Mask}
        - {name: words, words: {values: [aurora]}, input: Block}
        - {name: keys, pattern: {expressions: ['\\bAKIA[0-9A-Z]{16}\\b']}, input: Block}
      """;

  @Override
  public Integer call() throws IOException {
    Path file = Files.writeString(Files.createTempFile("newel", ".yaml"), POLICY, UTF_8);
    try {
      var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
      var text = "{\"text\": \"write to a@example.com\"}\n".getBytes(UTF_8);
      for (String[] command :
          new String[][] {
            {"help"},
            {"version", "--client"},
            {"check", "--policy", file.toString()},
            {"status", "-f", file.toString(), "-o", "json"},
            {"explain", "none", "-f", file.toString()}
          }) {
        Main.run(new ByteArrayInputStream(text), nowhere, nowhere, command);
      }
      return ExitCode.YES;
    } finally {
      Files.delete(file);
    }
  }
}
