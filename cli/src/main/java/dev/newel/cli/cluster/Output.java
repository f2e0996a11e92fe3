package dev.newel.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** How an answer is printed. */
final class Output {
  /** Formats; their fields are the same. */
  enum Format {
    text,
    json,
    yaml
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json|yaml",
      defaultValue = "text",
      description = "How to print it: for people, or with stable field names for programs.")
  private Format format;

  void print(PrintStream out, Object view, String text) {
    try {
      switch (format) {
        case text -> out.print(text);
        case json ->
            out.println(
                new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(view));
        case yaml -> out.print(new YAMLMapper().writeValueAsString(view));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
