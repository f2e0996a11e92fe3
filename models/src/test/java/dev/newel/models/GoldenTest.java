package dev.newel.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.newel.filter.model.Encoders;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** The encoder in Java is the encoder that was trained: pieces of words, and logits. */
class GoldenTest {
  /** A line of golden.jsonl; logits may be missing. */
  record Golden(String text, List<Float> ids, List<Float> logits) {}

  private static List<Golden> golden() throws IOException {
    var all = new ArrayList<Golden>();
    try (InputStream in = GoldenTest.class.getResourceAsStream("golden.jsonl");
        JsonParser parser = new JsonFactory().createParser(in)) {
      while (parser.nextToken() != null) {
        parser.nextToken();
        String text = parser.nextTextValue();
        all.add(new Golden(text, numbers(parser), numbers(parser)));
        parser.nextToken();
      }
    }
    return all;
  }

  private static List<Float> numbers(JsonParser parser) throws IOException {
    parser.nextToken();
    var numbers = new ArrayList<Float>();
    if (parser.nextToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        numbers.add(parser.getFloatValue());
      }
    }
    return numbers;
  }

  @Test
  void piecesOfWordsAreThoseOfTheReferenceTokenizer() throws IOException {
    var tokenizer =
        new WordPiece(
            new String(
                    GoldenTest.class.getResourceAsStream("vocabulary.txt").readAllBytes(),
                    StandardCharsets.UTF_8)
                .lines()
                .toList());
    var soft = new SoftAssertions();
    List<Golden> all = golden();
    assertThat(all).hasSizeGreaterThan(2000);
    for (Golden g : all) {
      soft.assertThat(tokenizer.encode(g.text()))
          .as("%s", g.text())
          .isEqualTo(g.ids().stream().mapToInt(Float::intValue).toArray());
    }
    soft.assertAll();
  }

  @Test
  void logitsAreThoseOfTheTrainer() throws IOException {
    var encoder = Encoders.shipped().orElseThrow();
    for (Golden g : golden()) {
      if (!g.logits().isEmpty()) {
        float[] logits = encoder.judge(g.text(), System.nanoTime() + 60_000_000_000L);
        for (int i = 0; i < logits.length; i++) {
          assertThat(logits[i])
              .as("%s %d", g.text(), i)
              .isCloseTo(g.logits().get(i), within(0.35f));
        }
      }
    }
  }
}
