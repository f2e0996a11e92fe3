package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spans, as a receiver of OTLP over HTTP gets them. */
@Timeout(60)
class TracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
    filter.load(1, PERSONAL_DATA);
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  private void ask(String traceparent) {
    var request =
        filter
            .post(RunningSidecar.CHAT, "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}")
            .header("traceparent", traceparent);
    assertThat(filter.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private List<JsonObject> spans(int wanted) {
    var spans = new ArrayList<JsonObject>();
    while (spans.size() < wanted) {
      spans.clear();
      for (ScriptedModel.Asked asked : filter.traces.asked()) {
        assertThat(asked.uri()).isEqualTo("/otlp/v1/traces");
        new JsonObject(asked.body())
            .getJsonArray("resourceSpans")
            .getJsonObject(0)
            .getJsonArray("scopeSpans")
            .getJsonObject(0)
            .getJsonArray("spans")
            .forEach(s -> spans.add((JsonObject) s));
      }
    }
    return spans;
  }

  @Test
  void anExchangeIsASpanBetweenTheClientsAndTheModels() {
    // When
    ask("00-" + TRACE + "-" + PARENT + "-01");
    // Then
    JsonObject span = spans(1).getFirst();
    assertThat(span.getString("traceId")).isEqualTo(TRACE);
    assertThat(span.getString("parentSpanId")).isEqualTo(PARENT);
    assertThat(span.getString("name")).isEqualTo("chat tiny");
    assertThat(filter.model.onlyQuestion().headers().get("traceparent"))
        .isEqualTo("00-" + TRACE + "-" + span.getString("spanId") + "-01");
    assertThat(span.getJsonArray("attributes").encode())
        .contains("{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}}")
        .contains("{\"key\":\"gen_ai.request.model\",\"value\":{\"stringValue\":\"tiny\"}}")
        .contains("{\"key\":\"http.response.status_code\",\"value\":{\"intValue\":\"200\"}}");
  }

  @Test
  void aParentThatIsNoneBeginsANewTraceAndAReceiverThatIsAwayCostsNothing() {
    // When
    ask("00-" + "0".repeat(32) + "-" + PARENT + "-01");
    // Then
    assertThat(spans(1).getFirst().containsKey("parentSpanId")).isFalse();
    // When
    filter.traces.close();
    ask("nonsense");
    // Then
    while (!filter.log().contains("traces.not_sent")) {
      Thread.onSpinWait();
    }
  }
}
