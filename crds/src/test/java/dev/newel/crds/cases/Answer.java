package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the API server said to a request.
 *
 * @param code HTTP status
 * @param message of the refusal; empty when accepted
 * @param causes of the refusal, one for each field at fault
 * @param object as stored, or the Status of the refusal
 */
record Answer(int code, String message, List<Cause> causes, JsonNode object) {
  record Cause(String field, String message) {}

  boolean accepted() {
    return code == 200 || code == 201;
  }

  static Answer of(int code, JsonNode body) {
    if (code < 300) {
      return new Answer(code, "", List.of(), body);
    }
    JsonNode causes = body.at("/details/causes");
    var all = new ArrayList<Cause>();
    causes.forEach(c -> all.add(new Cause(c.path("field").asText(), c.path("message").asText())));
    return new Answer(code, body.path("message").asText(), all, body);
  }

  /** Whether a cause is about exactly this field. */
  boolean names(String field) {
    return causes.stream().anyMatch(c -> c.field().equals(field));
  }

  /** Whether a cause is about this field or something in it. */
  boolean blames(String field) {
    return causes.stream().anyMatch(c -> c.field().startsWith(field));
  }

  /** For failures: short, whatever the value was. */
  @Override
  public String toString() {
    String said =
        causes.isEmpty()
            ? message
            : causes.stream()
                .map(c -> c.field() + " = " + c.message())
                .collect(Collectors.joining("\n"));
    return code + "\n" + (said.length() > 4000 ? said.substring(0, 4000) + "…" : said);
  }
}
