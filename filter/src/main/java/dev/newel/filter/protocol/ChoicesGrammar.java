package dev.newel.filter.protocol;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Chat completions and completions of the OpenAI API: every event repeats the frame of the answer
 * and holds pieces of one or more choices; a choice ends with its finish reason.
 */
final class ChoicesGrammar implements StreamGrammar {
  private static final List<String> FRAME = List.of("id", "object", "created", "model");

  private final Api api;
  private String frame;

  /** Indices of choices that have begun and not ended. */
  private final Set<String> open = new TreeSet<>();

  ChoicesGrammar(Api api) {
    this.api = api;
    this.frame =
        api == Api.COMPLETIONS
            ? "\"id\":\"cmpl-newel\",\"object\":\"text_completion\",\"created\":0,\"model\":\"\","
            : "\"id\":\"chatcmpl-newel\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"\",";
  }

  /** A tool's name comes in one piece; everything else in a choice may grow. */
  @Override
  public Optional<Place> grows(Document event, TextPart text) {
    List<Object> path = text.path();
    boolean string =
        text.form() == TextPart.Form.STRING || text.form() == TextPart.Form.JSON_STRING;
    if (!string
        || path.size() < 3
        || !path.getFirst().equals("choices")
        || !(path.get(1) instanceof Integer)
        || path.getLast().equals("name")) {
      return Optional.empty();
    }
    var field = new StringBuilder();
    for (int i = 2; i < path.size(); i++) {
      field.append(index(event, path, i)).append('/');
    }
    // Not by what this piece looks like: all pieces of a text belong to one window.
    boolean json = path.getLast().equals("arguments");
    return Optional.of(new Place(index(event, path, 1), field.toString(), json));
  }

  @Override
  public Predicate<Place> ends(Document event) {
    Set<String> ended = ended(event);
    return place -> ended.contains(place.owner());
  }

  private static Set<String> ended(Document event) {
    var ended = new HashSet<String>();
    for (String pointer : event.scalars().keySet()) {
      String[] steps = pointer.split("/", -1);
      if (steps.length == 4 && steps[1].equals("choices") && steps[3].equals("finish_reason")) {
        ended.add(event.scalar("/choices/" + steps[2] + "/index").orElse(steps[2]));
      }
    }
    return ended;
  }

  @Override
  public boolean isLast(Document event) {
    return false;
  }

  @Override
  public void seen(Document event) {
    String head = frame(event);
    frame = head.isEmpty() ? frame : head;
    event.texts().stream()
        .flatMap(text -> grows(event, text).stream())
        .forEach(place -> open.add(place.owner()));
    open.removeAll(ended(event));
  }

  private static String frame(Document event) {
    var out = new StringBuilder();
    for (String field : FRAME) {
      event
          .scalar("/" + field)
          .ifPresent(value ->
              out.append('"')
                  .append(field)
                  .append("\":")
                  .append(field.equals("created") ? value : JsonString.quote(value))
                  .append(','));
    }
    return out.toString();
  }

  @Override
  public Made carrying(
      Document template, TextPart text, Place place, String piece, LongSupplier number) {
    return event(frame(template) + member(template, text.path(), 0, piece).substring(1));
  }

  /** The path from this step on, as objects and arrays around the piece. */
  private static String member(Document template, List<Object> path, int from, String piece) {
    if (from == path.size()) {
      return JsonString.quote(piece);
    }
    String inner = member(template, path, from + 1, piece);
    if (path.get(from) instanceof String name) {
      return "{" + JsonString.quote(name) + ":" + inner + "}";
    }
    if (!inner.startsWith("{")) {
      return "[" + inner + "]";
    }
    String end = from == 1 ? ",\"finish_reason\":null}]" : "}]";
    return "[{\"index\":"
        + index(template, path, from)
        + ","
        + inner.substring(1, inner.length() - 1)
        + end;
  }

  /** The step, or for an element the index that it says it has. */
  private static String index(Document event, List<Object> path, int at) {
    return path.get(at) instanceof Integer
        ? event
            .scalar(TextPart.pointer(path.subList(0, at + 1)) + "/index")
            .orElse(path.get(at).toString())
        : path.get(at).toString();
  }

  @Override
  public List<Made> stopping(Verdict.Refusal why, String requestId, LongSupplier number) {
    String nothing = api == Api.COMPLETIONS ? "\"text\":\"\"" : "\"delta\":{}";
    String ends =
        (open.isEmpty() ? Set.of("0") : open)
            .stream()
                .map(i ->
                    "{\"index\":" + i + "," + nothing + ",\"finish_reason\":\"content_filter\"}")
                .collect(Collectors.joining(",", "\"choices\":[", "]}"));
    return List.of(
        event(frame + ends),
        new Made(Optional.empty(), ErrorBody.json(api, why, requestId)),
        new Made(Optional.empty(), "[DONE]"));
  }

  private static Made event(String members) {
    return new Made(Optional.empty(), "{" + members);
  }
}
