package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events of a streamed answer that are made here, in the frame of an event of the model. */
final class ChatFrame {
  private static final List<String> FIELDS = List.of("id", "object", "created", "model");

  /** For an answer that is stopped before its first event. */
  static final Document PLAIN =
      new Document(
          new byte[0],
          List.of(),
          Map.of(),
          Map.of(
              "/id", "chatcmpl-newel",
              "/object", "chat.completion.chunk",
              "/created", "0",
              "/model", ""));

  private ChatFrame() {}

  /**
   * An event that carries a piece of text to this place and nothing else: what clients add up over
   * events (ids, roles, names) is not said twice.
   *
   * @param template the event whose frame it gets
   */
  static byte[] carrying(Document template, TextPart place, String text) {
    return event(head(template) + member(template, place.path(), 0, text).substring(1));
  }

  /** An event that ends these choices because of the filter. */
  static byte[] ending(Document template, Collection<String> choices) {
    return event(
        head(template)
            + choices.stream()
                .map(i -> "{\"index\":" + i + ",\"delta\":{},\"finish_reason\":\"content_filter\"}")
                .collect(Collectors.joining(",", "\"choices\":[", "]}")));
  }

  /** An event with this JSON. */
  static byte[] event(String json) {
    return ("data: " + json + "\n\n").getBytes(UTF_8);
  }

  /** The members that every event of an answer repeats, as this one has them. */
  private static String head(Document template) {
    var out = new StringBuilder("{");
    for (String field : FIELDS) {
      template
          .scalar("/" + field)
          .ifPresent(value ->
              out.append('"')
                  .append(field)
                  .append("\":")
                  .append(field.equals("created") ? value : quote(value))
                  .append(','));
    }
    return out.toString();
  }

  /** The path from this step on, as objects and arrays around the text. */
  private static String member(Document template, List<Object> path, int from, String text) {
    if (from == path.size()) {
      return quote(text);
    }
    String inner = member(template, path, from + 1, text);
    if (path.get(from) instanceof String name) {
      return "{" + quote(name) + ":" + inner + "}";
    }
    if (!inner.startsWith("{")) {
      return "[" + inner + "]";
    }
    String index =
        template
            .scalar(TextPart.pointer(path.subList(0, from + 1)) + "/index")
            .orElse(path.get(from).toString());
    String end = from == 1 ? ",\"finish_reason\":null}]" : "}]";
    return "[{\"index\":" + index + "," + inner.substring(1, inner.length() - 1) + end;
  }

  private static String quote(String value) {
    return new String(JsonString.literal(value), UTF_8);
  }
}
