package dev.newel.e2e.stub;

import java.util.Objects;

/**
 * What the model answers, and how awkwardly.
 *
 * @param answer the whole text
 * @param chunk code points in one streamed delta, and with {@code splitBytes} also the bytes in one
 *     write; 1 or more
 * @param splitBytes whether writes end anywhere, also inside a character and inside an SSE line;
 *     otherwise each event is one write
 * @param delayMillis pause between two writes, 0 to 60000
 */
record Script(String answer, Integer chunk, Boolean splitBytes, Integer delayMillis) {
  static final Script POLITE =
      new Script(
          "Thank you for your patience. Your order is on its way and will arrive on Thursday. Is"
              + " there anything else that I can help you with?",
          null,
          null,
          null);

  Script {
    Objects.requireNonNull(answer, "answer is missing; write the text to answer");
    chunk = Objects.requireNonNullElse(chunk, 12);
    splitBytes = Objects.requireNonNullElse(splitBytes, false);
    delayMillis = Objects.requireNonNullElse(delayMillis, 0);
    if (chunk < 1) {
      throw new IllegalArgumentException("chunk is " + chunk + "; the least is 1");
    }
    if (delayMillis < 0 || delayMillis > 60_000) {
      throw new IllegalArgumentException(
          "delayMillis is " + delayMillis + "; write 0 to 60000 milliseconds");
    }
  }
}
