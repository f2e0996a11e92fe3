package dev.newel.e2e.scenarios;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** The text of a streamed chat completion. */
final class StreamedText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StreamedText() {}

  /** All deltas of the first choice, put together. */
  static String of(String events) {
    return events
        .lines()
        .filter(l -> l.startsWith("data: {"))
        .map(l -> {
          try {
            return JSON.readTree(l.substring(6)).at("/choices/0/delta/content").asText("");
          } catch (IOException e) {
            throw new UncheckedIOException("not an event: " + l, e);
          }
        })
        .collect(Collectors.joining());
  }
}
