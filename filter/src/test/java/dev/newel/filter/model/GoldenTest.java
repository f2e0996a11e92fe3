package dev.newel.filter.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.newel.filter.text.NormalizedText;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was trained is what runs: windows, sentences and logits as the trainer computed them. */
class GoldenTest {
  /** One line of golden.jsonl. */
  record Golden(String text, List<float[]> windows, List<float[]> logits, List<float[]> sentences) {
    @Override
    public String toString() {
      return text.length() > 30 ? text.substring(0, 30) + "…" : text;
    }
  }

  static List<Golden> golden() throws IOException {
    var all = new ArrayList<Golden>();
    try (InputStream in = GoldenTest.class.getResourceAsStream("golden.jsonl");
        JsonParser parser = new JsonFactory().createParser(in)) {
      while (parser.nextToken() != null) {
        parser.nextToken();
        String text = parser.nextTextValue();
        all.add(new Golden(text, rows(parser), rows(parser), rows(parser)));
        parser.nextToken();
      }
    }
    return all;
  }

  private static List<float[]> rows(JsonParser parser) throws IOException {
    parser.nextToken();
    parser.nextToken();
    var rows = new ArrayList<float[]>();
    while (parser.nextToken() == JsonToken.START_ARRAY) {
      var row = new ArrayList<Float>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        row.add(parser.getFloatValue());
      }
      float[] values = new float[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = row.get(i);
      }
      rows.add(values);
    }
    return rows;
  }

  @ParameterizedTest
  @MethodSource("golden")
  void windowsAndLogitsAreTheTrainers(Golden golden) {
    var text = NormalizedText.of(golden.text());
    List<TextWindows.Span> spans = TextWindows.of(text.text());

    assertThat(spans.stream().map(s -> s.start() + "-" + s.end()).toList())
        .isEqualTo(golden.windows().stream().map(w -> (int) w[0] + "-" + (int) w[1]).toList());
    for (int i = 0; i < spans.size(); i++) {
      TextWindows.Span s = spans.get(i);
      float[] logits =
          LinearModel.shipped()
              .judge(
                  text.text().substring(s.start(), s.end()),
                  text.folded().substring(s.start(), s.end()),
                  Head.values());
      assertThat(logits).containsExactly(golden.logits().get(i), within(0.01f));
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void sentencesAreTheTrainers(Golden golden) {
    String text = NormalizedText.of(golden.text()).text();
    assertThat(
            IntStream.range(0, text.length())
                .filter(i -> Sentences.beginsAt(text, i))
                .mapToObj(i -> i + "-" + Sentences.end(text, i))
                .toList())
        .isEqualTo(golden.sentences().stream().map(w -> (int) w[0] + "-" + (int) w[1]).toList());
  }
}
