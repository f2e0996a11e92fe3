package dev.newel.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * One resource of a YAML file.
 *
 * @param file where it stands
 * @param json its content, without nulls: the API server drops them, too
 */
record Manifest(Path file, ObjectNode json) {
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /** All resources of a file; a List counts as what it holds. */
  static List<Manifest> read(Path file) throws BadInputException {
    var manifests = new ArrayList<Manifest>();
    int number = 0;
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        number++;
        add(file, documents.nextValue(), number, manifests);
      }
    } catch (JsonProcessingException e) {
      var at = e.getLocation();
      throw new BadInputException(
          "%s%s is not well-formed YAML: %s"
              .formatted(
                  file,
                  at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr(),
                  e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new BadInputException(file + " " + PolicyFiles.why(e));
    }
    return manifests;
  }

  private static void add(Path file, JsonNode node, int number, List<Manifest> to)
      throws BadInputException {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return;
    }
    if (!(node instanceof ObjectNode json)) {
      throw new BadInputException(
          file
              + ", document "
              + number
              + " is not a resource; write apiVersion, kind and the rest");
    }
    if (json.path("kind").asText().equals("List")) {
      for (JsonNode item : json.path("items")) {
        add(file, item, number, to);
      }
    } else {
      dropNulls(json);
      to.add(new Manifest(file, json));
    }
  }

  private static void dropNulls(JsonNode node) {
    for (Iterator<JsonNode> children = node.elements(); children.hasNext(); ) {
      JsonNode child = children.next();
      if (child.isNull() && node.isObject()) {
        children.remove();
      } else {
        dropNulls(child);
      }
    }
  }

  String kind() {
    return json.path("kind").asText();
  }

  String apiVersion() {
    return json.path("apiVersion").asText();
  }

  String name() {
    return json.path("metadata").path("name").asText();
  }

  /** Empty when it says none. */
  String namespace() {
    return json.path("metadata").path("namespace").asText();
  }

  /** {@code team.yaml, GuardrailPolicy/pii}. */
  String where() {
    return file + ", " + kind() + "/" + (name().isEmpty() ? "(no name)" : name());
  }
}
