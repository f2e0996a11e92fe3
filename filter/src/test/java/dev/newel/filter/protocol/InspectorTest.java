package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.TooManyFindingsException;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import org.junit.jupiter.api.Test;

class InspectorTest {
  private static Verdict inspect(String json) {
    var engine = engine(rule("w", words("x"), Action.MASK));
    return new Inspector(engine, Api.CHAT, (_, _) -> {})
        .inspect(json.getBytes(UTF_8), Direction.INPUT)
        .verdict();
  }

  @Test
  void asManyFindingsAsAreKeptAreMasked() {
    String text = "x ".repeat(TooManyFindingsException.MAX);
    assertThat(inspect("{\"prompt\":\"" + text + "\"}").action()).isEqualTo(Action.MASK);
  }

  @Test
  void moreOfThemInOneTextOrInManyCannotBeJudged() {
    // Given
    String text = "x ".repeat(TooManyFindingsException.MAX + 1);
    String half = "x ".repeat(TooManyFindingsException.MAX / 2 + 1);
    // When
    var one = inspect("{\"prompt\":\"" + text + "\"}");
    var two = inspect("{\"prompt\":\"" + half + "\",\"suffix\":\"" + half + "\"}");
    // Then
    assertThat(one.refusal().orElseThrow().code()).isEqualTo("detector_error");
    assertThat(two.refusal().orElseThrow().code()).isEqualTo("detector_error");
  }
}
