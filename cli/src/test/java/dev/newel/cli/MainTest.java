package dev.newel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  @Test
  void saysItsVersion() {
    var ran = Ran.newel("", "version");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).matches("newel [0-9]+\\.[0-9]+\\.[0-9]+\\S*\\R");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "check", "check --policy", "version --nonsense"})
  void wrongUsageIsExplainedOnStandardErrorAndEndsWithTwo(String line) {
    var ran = Ran.newel("", line.isEmpty() ? new String[0] : line.split(" ", -1));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("newel");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void helpNamesEveryCommand() {
    assertThat(Ran.newel("", "help").out()).contains("check").contains("version");
    assertThat(Ran.newel("", "help", "check").out()).contains("--policy").contains("--jsonl");
  }

  @Test
  void outputThatCannotBeWrittenIsAFailure() {
    var full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(full, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            "version");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("cannot be written");
  }
}
