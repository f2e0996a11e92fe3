package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One object and what the API server says to it; see {@code src/test/cases/README.md}.
 *
 * @param kind of the object
 * @param name folder, file and title, for messages
 * @param valid whether it must be accepted
 * @param expected for an invalid case: all that the answer must hold
 * @param object with everything expanded
 */
record Case(String kind, String name, boolean valid, List<Expected> expected, ObjectNode object) {
  static final Path ROOT = Path.of("src/test/cases");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** All cases of all folders. */
  static List<Case> all() {
    var cases = new ArrayList<Case>();
    for (Path folder : list(ROOT).filter(Files::isDirectory).toList()) {
      for (String kind : folder.getFileName().toString().split("-and-", -1)) {
        for (Path file : list(folder).filter(Case::isNamedAsCase).toList()) {
          read(kind, folder, file, cases);
        }
      }
    }
    return cases;
  }

  /** Files and folders that no test would look at. */
  static List<Path> strays() {
    return list(ROOT)
        .flatMap(f -> Files.isDirectory(f) ? list(f) : Stream.of(f))
        .filter(f -> !isBase(f) && !f.equals(ROOT.resolve("README.md")) && !isNamedAsCase(f))
        .toList();
  }

  private static boolean isNamedAsCase(Path file) {
    return file.getParent().getParent().equals(ROOT)
        && file.getFileName().toString().matches("(in)?valid-[a-z0-9-]+\\.yaml");
  }

  private static boolean isBase(Path file) {
    return file.getFileName().toString().equals("base.yaml");
  }

  private static Stream<Path> list(Path folder) {
    try (var files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void read(String kind, Path folder, Path file, List<Case> cases) {
    ObjectNode base = tree(text(folder.resolve("base.yaml")));
    base.put("apiVersion", "newel.dev/v1alpha1").put("kind", kind);
    for (String document : text(file).split("(?m)^---\n", -1)) {
      List<String> comments =
          document.lines().filter(l -> l.startsWith("# ")).map(l -> l.substring(2)).toList();
      List<Expected> expected =
          comments.stream().filter(Expected::isOne).map(Expected::parse).toList();
      String title = comments.isEmpty() ? "" : comments.getFirst();
      boolean valid = file.getFileName().toString().startsWith("valid-");
      String name = kind + "/" + file.getFileName() + ": " + title;
      if (title.isEmpty() || Expected.isOne(title) || valid != expected.isEmpty()) {
        throw new IllegalArgumentException(
            name + ": a document needs a title, and an invalid one `# expect:` lines");
      }
      cases.add(
          new Case(
              kind,
              name,
              valid,
              expected,
              (ObjectNode) merge(base.deepCopy(), tree(Macros.expand(document)))));
    }
  }

  static ObjectNode tree(String yaml) {
    return YAML.unmarshal("---\n" + yaml, ObjectNode.class);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** RFC 7386. */
  private static JsonNode merge(JsonNode base, JsonNode patch) {
    if (!(patch instanceof ObjectNode p)) {
      return patch;
    }
    ObjectNode out = base instanceof ObjectNode b ? b : p.objectNode();
    p.properties()
        .forEach(e -> {
          if (e.getValue().isNull()) {
            out.remove(e.getKey());
          } else {
            out.set(e.getKey(), merge(out.get(e.getKey()), e.getValue()));
          }
        });
    return out;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Whether this case shows what a validation rule refuses. */
  boolean shows(dev.newel.crds.schema.CelRule rule) {
    return !valid
        && expected.stream()
            .anyMatch(e -> e.schemaPath().equals(rule.path()) && e.text().contains(rule.says()));
  }

  /**
   * Something that the server's answer must hold.
   *
   * @param field path of the field at fault; empty where the answer names none
   * @param text part of the message
   */
  record Expected(String field, String text) {
    private static final String MARK = "expect: ";

    static boolean isOne(String comment) {
      return comment.startsWith(MARK);
    }

    static Expected parse(String comment) {
      String[] parts = comment.substring(MARK.length()).split(" = ", 2);
      return parts.length == 2 ? new Expected(parts[0], parts[1]) : new Expected("", parts[0]);
    }

    String schemaPath() {
      return field.replaceAll("\\[[^]]*]", "[]");
    }

    boolean isIn(Answer answer) {
      return field.isEmpty()
          ? answer.message().contains(text)
          : answer.causes().stream()
              .anyMatch(c -> c.field().equals(field) && c.message().contains(text));
    }
  }
}
