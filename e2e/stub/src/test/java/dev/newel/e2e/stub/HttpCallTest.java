package dev.newel.e2e.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpCallTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return HttpCall.run(
        List.of(args), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }

  @Test
  void wrongArgumentsAreNamedWithTheRightOnes() {
    assertThat(run("fetch", "http://localhost")).isEqualTo(2);
    assertThat(run("post", "http://localhost")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("[fetch, http://localhost] is none of: get URL");
  }

  @Test
  void aWrongUrlIsNamed() {
    assertThat(run("get", "not a url")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("not a url is not a URL");
  }

  @Test
  void nobodyListeningIsAnAnswerOfItsOwn() throws IOException {
    // Given
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    // When
    int exit = run("get", "http://127.0.0.1:" + port + "/");
    // Then
    assertThat(exit).isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("no answer from http://127.0.0.1:" + port);
    assertThat(out.size()).isZero();
  }
}
