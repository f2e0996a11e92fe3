package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.policy.JsonPath.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {
  @Test
  void eachFormNamesOneStep() {
    assertThat(JsonPath.parse("$.to[*]['copy to'][0].*").steps())
        .isEqualTo(
            List.of(
                new Step.Member("to"),
                new Step.Every(),
                new Step.Member("copy to"),
                new Step.Element(0),
                new Step.Every()));
    assertThat(JsonPath.parse("$").steps()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to|a path begins with $",
        "''|a path begins with $",
        "$to|at character 2: . or [ expected",
        "$.|at character 3: a name or * expected",
        "$..to|at character 3: a name or * expected",
        "$['to|at character 4: a name and '] expected",
        "$['']|at character 4: a name and '] expected",
        "$[-1]|at character 3: *, 'name' or an index",
        "$[1234567]|at character 3: *, 'name' or an index",
        "$[?(@.a)]|at character 3: *, 'name' or an index",
        "$.to[|at character 6: *, 'name' or an index",
      })
  void whatIsNoPathSaysWhere(String path, String message) {
    assertThatThrownBy(() -> JsonPath.parse(path == null ? "" : path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
