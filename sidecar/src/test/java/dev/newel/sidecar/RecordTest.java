package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.EventType;
import dev.newel.audit.Trail;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a filter leaves behind: its trail, its log, its metrics. */
@Timeout(60)
class RecordTest {
  private static final String MASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"quokka alice@example.com quokka\"}]}";
  private static final String BLOCKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"quokka project-aurora\"}]}";
  private static final String BROKEN = "{\"messages\":\"quokka";

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
    filter.load(1, PERSONAL_DATA, AURORA);
    filter.model.answers(
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"quokka bob@example.org\"}}]}");
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  private static String requestId(java.net.http.HttpResponse<?> answer) {
    return answer.headers().firstValue("x-request-id").orElseThrow();
  }

  private List<Trail.Entry> events(String requestId) {
    return filter.trail().stream()
        .filter(e -> e.text("subject").equals("req/" + requestId))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> decision(Trail.Entry event) {
    return (Map<String, Object>) event.data().get("decision");
  }

  @Test
  void everyDecisionIsInTheTrail() {
    // When
    var masked = events(requestId(filter.chat(MASKED)));
    var blocked = events(requestId(filter.chat(BLOCKED)));
    var broken = events(requestId(filter.chat(BROKEN)));
    // Then
    assertThat(masked)
        .extracting(Trail.Entry::type)
        .containsExactly(EventType.REQUEST_DECIDED, EventType.REQUEST_COMPLETED);
    assertThat(decision(masked.getFirst()))
        .containsEntry("action", "mask")
        .containsEntry("rules", List.of("GuardrailPolicy/test/pii"));
    assertThat(blocked).extracting(Trail.Entry::type).containsExactly(EventType.REQUEST_DECIDED);
    assertThat(decision(blocked.getFirst()))
        .containsEntry("action", "block")
        .containsEntry("code", "policy")
        .containsEntry("rules", List.of("GuardrailPolicy/test/secret-project"));
    assertThat(decision(broken.getFirst()))
        .containsEntry("action", "block")
        .containsEntry("code", "uninspectable");
  }

  @Test
  void theTrailVerifiesAfterAnOrderlyEnd() {
    // Given
    filter.chat(MASKED);
    filter.chat(BLOCKED);
    // When
    filter.close();
    // Then
    assertThat(Trail.verify(Trail.lines(folder.resolve("audit")), true)).isEmpty();
    assertThat(filter.trail().getLast().type()).isEqualTo(EventType.LOG_CLOSED);
  }

  @Test
  void aDecisionThatCannotBeRecordedStopsTheRequest() {
    // Given
    filter.audit.breakFor(EventType.REQUEST_DECIDED);
    // When
    var answer = filter.chat(MASKED);
    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("code"))
        .isEqualTo("audit_unavailable");
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeRecordedIsNotSent() {
    // Given
    filter.audit.breakFor(EventType.REQUEST_COMPLETED);
    // When
    var answer = filter.chat(MASKED);
    // Then
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).doesNotContain("quokka");
  }

  @Test
  void noTextOfAConversationIsLoggedOrRecorded() throws Exception {
    // When
    filter.chat(MASKED);
    filter.chat(BLOCKED);
    filter.chat(BROKEN);
    filter.model.does(r -> r.end("quokka, and not JSON"));
    filter.chat(MASKED);
    filter.model.does(r -> r.reset());
    filter.chat(MASKED);
    filter.close();
    // Then
    assertThat(filter.log()).contains("request.blocked").contains("upstream.failed");
    assertThat(filter.log()).doesNotContain("quokka").doesNotContain("alice");
    try (var files = Files.list(folder.resolve("audit"))) {
      for (Path file : files.toList()) {
        assertThat(Files.readString(file)).doesNotContain("quokka").doesNotContain("alice");
      }
    }
    assertThat(filter.log().lines()).allSatisfy(line -> new JsonObject(line));
  }

  @Test
  void everyMetricIsThereAndCounts() {
    // Given
    filter.chat(MASKED);
    filter.chat(BLOCKED);
    // When
    String page = filter.admin("/metrics").body();
    // Then
    for (var metric : dev.newel.sidecar.admin.Metrics.Metric.values()) {
      assertThat(page).contains("# TYPE " + metric.wire() + " " + metric.type() + "\n");
    }
    String revision = new JsonObject(filter.admin("/bundle").body()).getString("revision");
    assertThat(page)
        .contains(
            "newel_requests_total{model=\"team-a/support-llm\",api=\"openai\",outcome=\"masked\"} 1\n")
        .contains(
            "newel_requests_total{model=\"team-a/support-llm\",api=\"openai\",outcome=\"blocked\"} 1\n")
        .contains(
            "newel_findings_total{rule=\"GuardrailPolicy/test/pii\",severity=\"high\",direction=\"input\",action=\"mask\"} 1\n")
        .contains(
            "newel_findings_total{rule=\"GuardrailPolicy/test/pii\",severity=\"high\",direction=\"output\",action=\"mask\"} 1\n")
        .contains("newel_decision_seconds_count{stage=\"input\"} 2\n")
        .contains("newel_decision_seconds_bucket{stage=\"output\",le=\"+Inf\"} 1\n")
        .contains("newel_upstream_seconds_count 1\n")
        .contains("newel_bundle_info{revision=\"" + revision + "\"} 1\n")
        .containsPattern("newel_inspected_bytes_total [1-9]")
        .doesNotContain("quokka");
  }
}
