package dev.newel.operator.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TryFilterTest {
  private static final String BLOCKED =
      "{\"error\":{\"type\":\"guardrail_blocked\",\"message\":\"m\"}}";
  private HttpServer server;

  private record Says(int status, String body) {}

  private String run(Function<String, Says> filter, Duration limit) throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          Says says = filter.apply(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(says.status, says.body.length());
          exchange.getResponseBody().write(says.body.getBytes(UTF_8));
          exchange.close();
        });
    server.start();
    var uri = URI.create("http://localhost:" + server.getAddress().getPort());
    return TryFilter.run(uri.resolve("/v1/chat/completions"), "zebra", limit);
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
  }

  @Test
  void aFilterThatTellsTheTwoApartPasses() throws Exception {
    assertThat(
            run(
                body -> body.contains("zebra") ? new Says(403, BLOCKED) : new Says(502, "{}"),
                Duration.ofSeconds(20)))
        .isEmpty();
  }

  @Test
  void aFilterThatIsNotReadyYetIsAskedAgain() throws Exception {
    var asked = new AtomicInteger();
    assertThat(
            run(
                body ->
                    asked.getAndIncrement() == 0
                        ? new Says(503, "{}")
                        : body.contains("zebra") ? new Says(403, BLOCKED) : new Says(502, "{}"),
                Duration.ofSeconds(60)))
        .isEmpty();
  }

  @Test
  void aFilterThatLetsTheWordPassFails() throws Exception {
    assertThat(run(_ -> new Says(502, "no model"), Duration.ZERO))
        .contains("was not refused")
        .contains("502 no model");
  }

  @Test
  void aFilterThatRefusesEverythingFails() throws Exception {
    assertThat(run(_ -> new Says(403, BLOCKED), Duration.ofSeconds(20)))
        .contains("a harmless request got 403");
  }
}
