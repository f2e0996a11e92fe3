package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;

/**
 * What a schema says about a field to people: a sentence, then {@code Example: } and a value in
 * YAML.
 */
public record Description(String sentence, String example) {
  private static final String MARK = " Example: ";

  /** Empty where either half is missing. */
  public static Optional<Description> of(JsonNode schema) {
    String text = schema.path("description").asText();
    int mark = text.lastIndexOf(MARK);
    return mark <= 0 || text.substring(mark + MARK.length()).isBlank()
        ? Optional.empty()
        : Optional.of(
            new Description(text.substring(0, mark), text.substring(mark + MARK.length())));
  }

  /** The example as a value of the field's type. */
  public JsonNode value(SchemaField field) {
    if (field.type().equals("string")) {
      String text = example.replaceAll("^\"|\"$", "");
      return new KubernetesSerialization().convertValue(text, JsonNode.class);
    }
    return new KubernetesSerialization()
        .unmarshal("---\nvalue: " + example, JsonNode.class)
        .get("value");
  }
}
