package dev.newel.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Answers as the servers of both APIs do, as far as their client libraries look: always with an
 * address of somebody, to be masked. The model {@code limited} answers 429, {@code broken} 500;
 * {@code leaky} streams what policy stops.
 */
final class LibraryModel {
  private static final List<String> TEXT = List.of("Ask al", "ice@exam", "ple.com abo", "ut it.");
  private static final List<String> LEAK = List.of("We ship project-", "aurora in May.", " Bye.");
  private static final String ADDRESS = "{\"to\":\"alice@example.com\"}";

  private LibraryModel() {}

  static void answer(ScriptedModel.Asked asked, HttpServerResponse response) {
    var body = asked.body().isEmpty() ? new JsonObject() : new JsonObject(asked.body());
    String model = body.getString("model", "");
    if (model.equals("limited") || model.equals("broken")) {
      response.setStatusCode(model.equals("limited") ? 429 : 500);
      json(response, "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"no\"}}");
      return;
    }
    boolean streamed = body.getBoolean("stream", false);
    boolean tools = body.containsKey("tools");
    List<String> pieces = model.equals("leaky") ? LEAK : TEXT;
    switch (asked.uri()) {
      case "/v1/models" ->
          json(response, "{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}");
      case "/v1/embeddings" ->
          json(
              response,
              "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5]}],\"model\":\"tiny\",\"usage\":{\"prompt_tokens\":1,\"total_tokens\":1}}");
      case "/v1/completions" ->
          json(
              response,
              "{\"id\":\"c\",\"object\":\"text_completion\",\"created\":1,\"model\":\"tiny\",\"choices\":[{\"index\":0,\"text\":%s,\"finish_reason\":\"stop\"}]}"
                  .formatted(quote(String.join("", pieces))));
      case "/v1/responses" -> responses(response, streamed, pieces);
      case "/v1/messages/count_tokens" -> json(response, "{\"input_tokens\":3}");
      case "/v1/messages" -> messages(response, streamed, tools, pieces);
      default -> chat(response, streamed, tools, pieces);
    }
  }

  private static void chat(
      HttpServerResponse response, boolean streamed, boolean tools, List<String> pieces) {
    String call =
        "{\"index\":0,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"mail\",\"arguments\":%s}}";
    if (!streamed) {
      String message =
          tools
              ? "\"content\":null,\"tool_calls\":[" + call.formatted(quote(ADDRESS)) + "]"
              : "\"content\":" + quote(String.join("", pieces));
      json(
          response,
          "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"tiny\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",%s},\"finish_reason\":\"stop\"}]}"
              .formatted(message));
      return;
    }
    stream(response);
    if (tools) {
      for (String part : List.of("{\"to\":\"al", "ice@example", ".com\"}")) {
        chunk(response, "{\"tool_calls\":[" + call.formatted(quote(part)) + "]}", "null");
      }
    } else {
      pieces.forEach(p -> chunk(response, "{\"content\":" + quote(p) + "}", "null"));
    }
    chunk(response, "{}", "\"stop\"");
    response.end("data: [DONE]\n\n");
  }

  private static void chunk(HttpServerResponse response, String delta, String finish) {
    response.write(
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"tiny\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}\n\n"
            .formatted(delta, finish));
  }

  private static void responses(
      HttpServerResponse response, boolean streamed, List<String> pieces) {
    String text = quote(String.join("", pieces));
    String part = "{\"type\":\"output_text\",\"text\":" + text + ",\"annotations\":[]}";
    String item =
        "{\"id\":\"m\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":["
            + part
            + "]}";
    String whole =
        "{\"id\":\"r\",\"object\":\"response\",\"created_at\":1,\"model\":\"tiny\",\"status\":\"%s\",\"output\":[%s],\"parallel_tool_calls\":true,\"tool_choice\":\"auto\",\"tools\":[]}";
    if (!streamed) {
      json(response, whole.formatted("completed", item));
      return;
    }
    stream(response);
    int n = 0;
    event(
        response,
        "response.created",
        "\"sequence_number\":%d,\"response\":%s"
            .formatted(n++, whole.formatted("in_progress", "")));
    String where = "\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,";
    event(
        response,
        "response.output_item.added",
        "\"sequence_number\":%d,\"output_index\":0,\"item\":{\"id\":\"m\",\"type\":\"message\",\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"
            .formatted(n++));
    for (String piece : pieces) {
      event(
          response,
          "response.output_text.delta",
          where
              + "\"sequence_number\":%d,\"logprobs\":[],\"delta\":%s".formatted(n++, quote(piece)));
    }
    event(
        response,
        "response.output_text.done",
        where + "\"sequence_number\":%d,\"logprobs\":[],\"text\":%s".formatted(n++, text));
    event(
        response,
        "response.completed",
        "\"sequence_number\":%d,\"response\":%s".formatted(n, whole.formatted("completed", item)));
    response.end();
  }

  private static void messages(
      HttpServerResponse response, boolean streamed, boolean tools, List<String> pieces) {
    String head =
        "\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"tiny\",\"stop_sequence\":null,\"usage\":{\"input_tokens\":1,\"output_tokens\":1}";
    if (!streamed) {
      String block =
          tools
              ? "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"mail\",\"input\":" + ADDRESS + "}"
              : "{\"type\":\"text\",\"text\":" + quote(String.join("", pieces)) + "}";
      json(response, "{%s,\"content\":[%s],\"stop_reason\":\"end_turn\"}".formatted(head, block));
      return;
    }
    stream(response);
    event(
        response,
        "message_start",
        "\"message\":{%s,\"content\":[],\"stop_reason\":null}".formatted(head));
    event(
        response,
        "content_block_start",
        "\"index\":0,\"content_block\":"
            + (tools
                ? "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"mail\",\"input\":{}}"
                : "{\"type\":\"text\",\"text\":\"\"}"));
    for (String piece : tools ? List.of("{\"to\":\"al", "ice@example", ".com\"}") : pieces) {
      event(
          response,
          "content_block_delta",
          "\"index\":0,\"delta\":"
              + (tools
                  ? "{\"type\":\"input_json_delta\",\"partial_json\":" + quote(piece) + "}"
                  : "{\"type\":\"text_delta\",\"text\":" + quote(piece) + "}"));
    }
    event(response, "content_block_stop", "\"index\":0");
    event(
        response,
        "message_delta",
        "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}");
    event(response, "message_stop", "\"x\":0");
    response.end();
  }

  private static void event(HttpServerResponse response, String type, String fields) {
    response.write("event: " + type + "\ndata: {\"type\":\"" + type + "\"," + fields + "}\n\n");
  }

  private static void stream(HttpServerResponse response) {
    response.putHeader("content-type", "text/event-stream").setChunked(true);
  }

  private static void json(HttpServerResponse response, String body) {
    response.putHeader("content-type", "application/json");
    response.end(io.vertx.core.buffer.Buffer.buffer(body.getBytes(UTF_8)));
  }

  private static String quote(String text) {
    String array = new JsonArray().add(text).encode();
    return array.substring(1, array.length() - 1);
  }
}
