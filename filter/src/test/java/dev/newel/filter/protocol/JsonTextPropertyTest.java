package dev.newel.filter.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.decide.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A JSON text with random edits stays JSON, and gives the same however it arrives. */
class JsonTextPropertyTest {
  private final Random random = new Random(Long.getLong("newel.seed", 20261128L));

  @Test
  void withoutEditsNothingChangesHoweverItIsCut() {
    for (int round = 0; round < 2000; round++) {
      String json = json();
      assertThat(streamed(json, List.of())).as("round %d", round).isEqualTo(json);
      assertThat(JsonText.of(json).inWritten(List.of())).isEmpty();
    }
  }

  @Test
  void editsGiveTheSameInPiecesAndAsAWholeAndTheResultIsJson() {
    for (int round = 0; round < 3000; round++) {
      // Given
      String json = json();
      List<Sweep.Edit> edits = edits(JsonText.of(json).text());
      // When
      String whole = Sweep.apply(json, JsonText.of(json).inWritten(edits));
      // Then
      assertThat(streamed(json, edits)).as("round %d, %s, %s", round, json, edits).isEqualTo(whole);
      Tree.read(whole);
    }
  }

  @Test
  void whatIsNoJsonIsReadAsItIsWritten() {
    for (int round = 0; round < 2000; round++) {
      String json = json();
      int at = random.nextInt(json.length());
      String broken = json.substring(0, at) + List.of("'", "\\x", "?", "").get(random.nextInt(4));
      List<Sweep.Edit> edits = edits(JsonText.of(broken).text());
      assertThat(streamed(broken, edits))
          .as("round %d, %s, %s", round, broken, edits)
          .isEqualTo(Sweep.apply(broken, JsonText.of(broken).inWritten(edits)));
      assertThat(streamed(broken, List.of())).isEqualTo(broken);
    }
  }

  /** Arrives in pieces, and is released in others, as a window does: never within an edit. */
  private String streamed(String json, List<Sweep.Edit> edits) {
    var text = new JsonText();
    var out = new StringBuilder();
    int read = 0;
    int released = 0;
    for (int at = 0; at < json.length(); ) {
      int to = Math.min(json.length(), at + 1 + random.nextInt(6));
      read += text.add(json.substring(at, to)).length();
      at = to;
      int until = released + random.nextInt(read - released + 1);
      for (Sweep.Edit edit : edits) {
        if (edit.start() < until && edit.end() > until) {
          until = edit.start();
        }
      }
      until = Math.max(until, released);
      out.append(text.release(between(edits, released, until), until, false));
      released = until;
    }
    read += text.end().length();
    out.append(text.release(between(edits, released, read), read, true));
    return out.toString();
  }

  private static List<Sweep.Edit> between(List<Sweep.Edit> edits, int from, int to) {
    return edits.stream().filter(e -> e.start() >= from && e.start() < to).toList();
  }

  private List<Sweep.Edit> edits(String text) {
    var edits = new ArrayList<Sweep.Edit>();
    for (int at = random.nextInt(6); at < text.length(); at += random.nextInt(9)) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(8));
      edits.add(new Sweep.Edit(at, end, List.of("<X>", "\"", "\\\n", "**").get(random.nextInt(4))));
      at = end;
    }
    return edits;
  }

  private String json() {
    var out = new StringBuilder();
    value(out, 0);
    return out.toString();
  }

  private void value(StringBuilder out, int depth) {
    switch (random.nextInt(depth > 2 ? 3 : 5)) {
      case 0 -> out.append(List.of("12345", "-0.5e+10", "true", "null").get(random.nextInt(4)));
      case 1, 2 -> string(out);
      case 3 -> {
        out.append('[');
        for (int i = random.nextInt(4); i > 0; i--) {
          value(out, depth + 1);
          out.append(i > 1 ? ", " : " ");
        }
        out.append(']');
      }
      default -> {
        out.append("{ ");
        for (int i = random.nextInt(4); i > 0; i--) {
          string(out);
          out.append(':');
          value(out, depth + 1);
          out.append(i > 1 ? "," : "\n");
        }
        out.append('}');
      }
    }
  }

  private void string(StringBuilder out) {
    out.append('"');
    for (int i = random.nextInt(8); i > 0; i--) {
      out.append(
          List.of("a", "\\n", "\\\"", "\\\\", "\\u00e9", "\u00e9", "\\ud83d\\ude00", "7", " ", "}")
              .get(random.nextInt(10)));
    }
    out.append('"');
  }
}
