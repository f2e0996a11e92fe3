package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every case in {@code src/test/cases}, on the oldest and the newest API server. */
@Tag("api")
class CasesTest {
  @TestFactory
  Stream<DynamicNode> theServerSaysWhatTheCaseExpects() {
    return Server.VERSIONS.stream()
        .map(version -> {
          var server = new Server(version);
          return dynamicContainer(
              version, Case.all().stream().map(c -> dynamicTest(c.name(), () -> judge(server, c))));
        });
  }

  private static void judge(Server server, Case c) {
    // When
    Answer answer = server.judge(c.object());
    // Then
    assertThat(answer.accepted()).as("accepted; answer: " + answer).isEqualTo(c.valid());
    for (var expected : c.expected()) {
      assertThat(expected.isIn(answer)).as("expected: %s\nanswer: %s", expected, answer).isTrue();
    }
  }
}
