package dev.newel.e2e.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.scenarios.Live.Said;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The team of the story: a front end that talks to a model, and the model behind its filter. */
final class SupportTeam {
  static final String NAMESPACE = "support";
  static final String MODEL = "support-llm";
  private static final String STUB = "http://127.0.0.1:8000/stub/";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Live live;

  /** How many requests each replica has told of. */
  private final Map<String, Integer> told = new ConcurrentHashMap<>();

  SupportTeam(Live live) {
    this.live = live;
  }

  /**
   * What the front end got.
   *
   * @param status of HTTP; 0 when there was no answer
   */
  record Reply(int status, String body) {
    JsonNode json() {
      return tree(body);
    }

    /** The answer's text. */
    String text() {
      return json().at("/choices/0/message/content").asText();
    }
  }

  List<Pod> modelPods() {
    return live.pods(NAMESPACE, Map.of("newel.dev/model", MODEL));
  }

  ModelDeployment model() {
    return live.model(NAMESPACE, MODEL);
  }

  /** Asks through the Service, as every client does. */
  Reply ask(String prompt) {
    return post(model().getStatus().endpoint() + "/v1/chat/completions", chat(prompt, false));
  }

  /** Asks to go on after a tool was called and has answered with this. */
  Reply askWithToolResult(String prompt, String result) {
    return post(model().getStatus().endpoint() + "/v1/chat/completions", tool(prompt, result));
  }

  Reply askStreamed(String prompt) {
    return post(model().getStatus().endpoint() + "/v1/chat/completions", chat(prompt, true));
  }

  Reply post(String url, String body) {
    return reply(
        live.exec(
            NAMESPACE, "web", "web", "java", "-jar", "/app/model-stub.jar", "post", url, body));
  }

  private static Reply reply(Said said) {
    String status =
        said.err().lines().filter(l -> l.startsWith("HTTP ")).findFirst().orElse("HTTP 0");
    return new Reply(Integer.parseInt(status.substring(5).strip()), said.out().strip());
  }

  static String chat(String prompt, boolean stream) {
    var root = JSON.createObjectNode().put("model", "llama-3.1-8b-instruct").put("stream", stream);
    root.putArray("messages")
        .add(
            JSON.createObjectNode()
                .put("role", "system")
                .put("content", "You help the customers of a shop for bicycles."))
        .add(JSON.createObjectNode().put("role", "user").put("content", prompt));
    return root.toString();
  }

  private static String tool(String prompt, String result) {
    ObjectNode root = (ObjectNode) tree(chat(prompt, false));
    ArrayNode messages = root.withArray("messages");
    ObjectNode call = messages.addObject().put("role", "assistant").putNull("content");
    call.putArray("tool_calls")
        .addObject()
        .put("id", "call_1")
        .put("type", "function")
        .putObject("function")
        .put("name", "mail_read")
        .put("arguments", "{\"folder\":\"inbox\"}");
    messages.addObject().put("role", "tool").put("tool_call_id", "call_1").put("content", result);
    return root.toString();
  }

  /** Says to every replica of the model what to answer. */
  void answersWith(String answer, int chunk, boolean splitBytes) {
    String script =
        JSON.createObjectNode()
            .put("answer", answer)
            .put("chunk", chunk)
            .put("splitBytes", splitBytes)
            .toString();
    modelPods().parallelStream().forEach(p -> inModel(p, "post", STUB + "script", script));
  }

  /** The last message of every request that reached any replica since this was asked last. */
  List<String> received() {
    return modelPods().parallelStream()
        .flatMap(p -> {
          JsonNode requests = tree(inModel(p, "get", STUB + "received").out());
          Integer before = told.put(p.getMetadata().getName(), requests.size());
          return requests.valueStream().skip(before == null ? 0 : before);
        })
        .filter(r -> r.path("path").asText().endsWith("/chat/completions"))
        .map(r -> tree(r.path("body").asText()).path("messages"))
        .map(m -> m.path(m.size() - 1).path("content").asText())
        .toList();
  }

  private Said inModel(Pod pod, String... call) {
    var command = new java.util.ArrayList<>(List.of("java", "-jar", "/app/model-stub.jar"));
    command.addAll(List.of(call));
    Said said =
        live.exec(NAMESPACE, pod.getMetadata().getName(), "model", command.toArray(String[]::new));
    if (said.exit() != 0) {
      throw new AssertionError("the model did not take " + call[0] + ": " + said.err());
    }
    return said;
  }

  private static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("not JSON: " + json, e);
    }
  }
}
