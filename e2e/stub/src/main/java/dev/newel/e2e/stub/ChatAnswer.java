package dev.newel.e2e.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One answer of the OpenAI chat-completions API. Id and time are fixed, so that equal requests give
 * equal bytes; usage counts words, not tokens.
 */
final class ChatAnswer {
  private static final String ID = "chatcmpl-stub";
  private static final long CREATED = 1_750_000_000L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode request;
  private final Script script;

  ChatAnswer(JsonNode request, Script script) {
    this.request = request;
    this.script = script;
  }

  boolean streamed() {
    return request.path("stream").asBoolean();
  }

  /** The answer as one JSON object. */
  byte[] whole() {
    ObjectNode out = envelope("chat.completion");
    ObjectNode choice = out.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", script.answer());
    choice.put("finish_reason", "stop");
    out.set("usage", usage());
    return out.toString().getBytes(UTF_8);
  }

  /** The answer as server-sent events: role, text, end, usage when asked, and the closing mark. */
  List<byte[]> events() {
    boolean withUsage = request.path("stream_options").path("include_usage").asBoolean();
    var events = new ArrayList<byte[]>();
    events.add(
        event(delta(JSON.createObjectNode().put("role", "assistant").put("content", ""), null)));
    for (String text : deltas()) {
      events.add(event(delta(JSON.createObjectNode().put("content", text), null)));
    }
    events.add(event(delta(JSON.createObjectNode(), "stop")));
    if (withUsage) {
      ObjectNode last = envelope("chat.completion.chunk");
      last.putArray("choices");
      last.set("usage", usage());
      events.add(event(last));
    }
    events.add("data: [DONE]\n\n".getBytes(UTF_8));
    return events;
  }

  /** Whole code points: half a surrogate pair cannot be written as JSON. */
  private List<String> deltas() {
    int[] points = script.answer().codePoints().toArray();
    var deltas = new ArrayList<String>();
    for (int from = 0; from < points.length; from += script.chunk()) {
      deltas.add(new String(points, from, Math.min(script.chunk(), points.length - from)));
    }
    return deltas;
  }

  private ObjectNode delta(ObjectNode delta, String finishReason) {
    ObjectNode out = envelope("chat.completion.chunk");
    ObjectNode choice = out.putArray("choices").addObject().put("index", 0);
    choice.set("delta", delta);
    choice.put("finish_reason", finishReason);
    return out;
  }

  private ObjectNode envelope(String object) {
    return JSON.createObjectNode()
        .put("id", ID)
        .put("object", object)
        .put("created", CREATED)
        .put("model", Optional.ofNullable(request.path("model").asText(null)).orElse("stub"));
  }

  private ObjectNode usage() {
    int prompt = words(request.path("messages").toString());
    int completion = words(script.answer());
    return JSON.createObjectNode()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", completion)
        .put("total_tokens", prompt + completion);
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+", -1).length;
  }

  private static byte[] event(ObjectNode json) {
    return ("data: " + json + "\n\n").getBytes(UTF_8);
  }
}
