package dev.newel.crds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The CRDs as the classes say them, by file name. The generator sorts columns by their path; here
 * they are put back into the order in which the class lists them, which is the order people see.
 */
public final class GeneratedCrds {
  static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(
          BreakGlassPolicy.class,
          BreakGlassRequest.class,
          ClusterGuardrailPolicy.class,
          GuardrailPolicy.class,
          ModelDeployment.class);

  private GeneratedCrds() {}

  public static Map<String, String> files() throws IOException {
    var yaml = new KubernetesSerialization();
    Path dir = Files.createTempDirectory(Path.of("target"), "crds");
    var files = new TreeMap<String, String>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      new CRDGenerator()
          .customResourceClasses(kind)
          .forCRDVersions("v1")
          .withParallelGenerationEnabled(false)
          .inOutputDir(dir.toFile())
          .generate();
      Path file;
      try (var list = Files.list(dir)) {
        file = list.findFirst().orElseThrow();
      }
      var crd = yaml.unmarshal(Files.readString(file), ObjectNode.class);
      Files.delete(file);
      crd.get("spec").get("versions").forEach(v -> order(kind, (ObjectNode) v));
      String plural = crd.get("spec").get("names").get("plural").asText();
      files.put(
          "newel.dev_" + plural + ".yaml",
          "# Generated from dev.newel.crds."
              + kind.getSimpleName()
              + "; `make generate` writes it.\n"
              + yaml.asYaml(crd));
    }
    Files.delete(dir);
    return files;
  }

  private static void order(Class<?> kind, ObjectNode version) {
    var wanted = new ArrayList<String>();
    for (var column : kind.getAnnotationsByType(AdditionalPrinterColumn.class)) {
      wanted.add(column.name());
    }
    var columns = new ArrayList<JsonNode>();
    version.get("additionalPrinterColumns").forEach(columns::add);
    columns.sort(Comparator.comparingInt(c -> wanted.indexOf(c.get("name").asText())));
    ((ArrayNode) version.get("additionalPrinterColumns")).removeAll().addAll(columns);
  }
}
