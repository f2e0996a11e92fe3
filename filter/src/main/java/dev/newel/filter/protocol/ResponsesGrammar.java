package dev.newel.filter.protocol;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Responses of the OpenAI API: numbered events with types. Texts grow in {@code X.delta} until
 * {@code X.done}, which repeats them, as do the item and the response that they are part of.
 */
final class ResponsesGrammar implements StreamGrammar {
  private static final String DELTA = ".delta";
  private static final String DONE = ".done";

  private static final Set<String> JSON =
      Set.of("response.function_call_arguments", "response.mcp_call_arguments");

  /** Sound and pictures. */
  private static final Set<String> UNREADABLE =
      Set.of("response.audio.delta", "response.image_generation_call.partial_image");

  private static final Set<String> LAST =
      Set.of("response.completed", "response.incomplete", "response.failed");

  private static final List<String> INDICES =
      List.of("output_index", "content_index", "summary_index");

  private String id = "resp_newel";
  private String model = "";
  private String created = "0";

  @Override
  public boolean isReadable(Document event) {
    return !UNREADABLE.contains(type(event));
  }

  @Override
  public Optional<Place> grows(Document event, TextPart text) {
    String type = type(event);
    return type.endsWith(DELTA) && text.path().equals(List.of("delta"))
        ? Optional.of(place(event, type.substring(0, type.length() - DELTA.length())))
        : Optional.empty();
  }

  private static Place place(Document event, String stem) {
    String field =
        stem
            + "/"
            + event.scalar("/content_index").orElse("")
            + "/"
            + event.scalar("/summary_index").orElse("");
    return new Place(event.scalar("/output_index").orElse(""), field, JSON.contains(stem));
  }

  @Override
  public Predicate<Place> ends(Document event) {
    String type = type(event);
    if (isLast(event) || type.equals("error")) {
      return _ -> true;
    }
    if (type.equals("response.output_item.done")) {
      return place -> place.owner().equals(event.scalar("/output_index").orElse(""));
    }
    return type.endsWith(DONE)
        ? place(event, type.substring(0, type.length() - DONE.length()))::equals
        : _ -> false;
  }

  @Override
  public boolean isLast(Document event) {
    return LAST.contains(type(event));
  }

  @Override
  public void seen(Document event) {
    id = event.scalar("/response/id").orElse(id);
    model = event.scalar("/response/model").orElse(model);
    created = event.scalar("/response/created_at").orElse(created);
  }

  @Override
  public Made carrying(
      Document template, TextPart text, Place place, String piece, LongSupplier number) {
    var json = new StringBuilder("{\"type\":").append(JsonString.quote(type(template)));
    template
        .scalar("/item_id")
        .ifPresent(item -> json.append(",\"item_id\":").append(JsonString.quote(item)));
    for (String index : INDICES) {
      template
          .scalar("/" + index)
          .ifPresent(
              value -> json.append(',').append(JsonString.quote(index)).append(':').append(value));
    }
    if (!template.logprobs().isEmpty()) {
      json.append(",\"logprobs\":[]");
    }
    json.append(",\"delta\":").append(JsonString.quote(piece));
    json.append(",\"sequence_number\":").append(number.getAsLong()).append('}');
    return new Made(Optional.of(type(template)), json.toString());
  }

  @Override
  public List<Made> stopping(Verdict.Refusal why, String requestId, LongSupplier number) {
    String response =
        "{\"id\":"
            + JsonString.quote(id)
            + ",\"object\":\"response\",\"created_at\":"
            + created
            + ",\"status\":\"incomplete\",\"error\":null,"
            + "\"incomplete_details\":{\"reason\":\"content_filter\"},\"instructions\":null,"
            + "\"metadata\":{},\"model\":"
            + JsonString.quote(model)
            + ",\"output\":[],\"parallel_tool_calls\":true,\"temperature\":null,"
            + "\"tool_choice\":\"auto\",\"tools\":[],\"top_p\":null}";
    String incomplete =
        "{\"type\":\"response.incomplete\",\"sequence_number\":"
            + number.getAsLong()
            + ",\"response\":"
            + response
            + "}";
    String body = ErrorBody.json(Api.RESPONSES, why, requestId);
    String error =
        "{\"type\":\"error\",\"code\":"
            + JsonString.quote(why.code())
            + ",\"message\":"
            + JsonString.quote(why.message())
            + ",\"param\":null,\"sequence_number\":"
            + number.getAsLong()
            + ","
            + body.substring(1);
    return List.of(
        new Made(Optional.of("response.incomplete"), incomplete),
        new Made(Optional.of("error"), error));
  }

  private static String type(Document event) {
    return event.scalar("/type").orElse("");
  }
}
