package dev.newel.filter.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Messages of the Anthropic API: blocks with an index, which start, grow by deltas and stop. A
 * block may start with a beginning of its text.
 */
final class MessagesGrammar implements StreamGrammar {
  /** Members of a block that grow, and the type of delta that carries them. */
  private static final Map<String, String> GROWING =
      Map.of(
          "text", "text_delta", "thinking", "thinking_delta", "partial_json", "input_json_delta");

  /** Blocks that have started and not stopped. */
  private final Set<String> open = new TreeSet<>();

  private boolean started;
  private String outputTokens = "0";

  @Override
  public Optional<Place> grows(Document event, TextPart text) {
    List<Object> path = text.path();
    String name = path.getLast().toString();
    boolean growing =
        path.size() == 2
            && (path.getFirst().equals("delta") || path.getFirst().equals("content_block"))
            && GROWING.containsKey(name)
            && !text.name();
    return growing
        ? Optional.of(new Place(index(event), name, name.equals("partial_json")))
        : Optional.empty();
  }

  @Override
  public Predicate<Place> ends(Document event) {
    return switch (type(event)) {
      case "content_block_stop" -> place -> place.owner().equals(index(event));
      case "message_delta", "message_stop", "error" -> _ -> true;
      default -> _ -> false;
    };
  }

  @Override
  public boolean isLast(Document event) {
    return type(event).equals("message_stop");
  }

  @Override
  public void seen(Document event) {
    switch (type(event)) {
      case "message_start" -> started = true;
      case "content_block_start" -> open.add(index(event));
      case "content_block_stop" -> open.remove(index(event));
      default -> {}
    }
    outputTokens =
        event
            .scalar("/usage/output_tokens")
            .or(() -> event.scalar("/message/usage/output_tokens"))
            .orElse(outputTokens);
  }

  @Override
  public Made carrying(
      Document template, TextPart text, Place place, String piece, LongSupplier number) {
    return made(
        "content_block_delta",
        (place.owner().isEmpty() ? "" : ",\"index\":" + place.owner())
            + ",\"delta\":{\"type\":"
            + JsonString.quote(GROWING.get(place.field()))
            + ","
            + JsonString.quote(place.field())
            + ":"
            + JsonString.quote(piece)
            + "}");
  }

  /** A refusal is how this API says that an answer was stopped; what was counted stays counted. */
  @Override
  public List<Made> stopping(Verdict.Refusal why, String requestId, LongSupplier number) {
    var events = new ArrayList<Made>();
    if (started) {
      open.forEach(block -> events.add(made("content_block_stop", ",\"index\":" + block)));
      events.add(
          made(
              "message_delta",
              ",\"delta\":{\"stop_reason\":\"refusal\",\"stop_sequence\":null},"
                  + "\"usage\":{\"output_tokens\":"
                  + outputTokens
                  + "}"));
    }
    events.add(new Made(Optional.of("error"), ErrorBody.json(Api.MESSAGES, why, requestId)));
    return events;
  }

  private static Made made(String type, String members) {
    return new Made(Optional.of(type), "{\"type\":" + JsonString.quote(type) + members + "}");
  }

  private static String index(Document event) {
    return event.scalar("/index").orElse("");
  }

  private static String type(Document event) {
    return event.scalar("/type").orElse("");
  }
}
