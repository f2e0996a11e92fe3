package dev.newel.cli.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.GuardrailPolicySpec;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.PolicyKind;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads policies as they stand in a repository and joins them. Strict: what the API server would
 * refuse or drop is an error here.
 */
final class PolicyFiles {
  private static final String API = GuardrailResource.GROUP + "/" + GuardrailResource.VERSION;

  private static final Set<String> FIELDS =
      new TreeSet<>(Set.of("apiVersion", "kind", "metadata", "spec", "status"));

  private static final Map<String, CrdSchema> SCHEMAS =
      Map.of(
          PolicyKind.NAMESPACED.kind(), CrdSchema.of("guardrailpolicies"),
          PolicyKind.CLUSTER.kind(), CrdSchema.of("clusterguardrailpolicies"));

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<String> problems = new ArrayList<>();
  private final List<EffectivePolicy> policies = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private PolicyFiles() {}

  /**
   * What all policies of these files enforce together.
   *
   * @throws BadInputException with all that is wrong
   */
  static EffectivePolicy read(List<Path> files) throws BadInputException {
    var manifests = new ArrayList<Manifest>();
    for (Path file : files) {
      if (Files.isDirectory(file)) {
        throw new BadInputException(file + " is a folder; name the files in it");
      }
      manifests.addAll(Manifest.read(file));
    }
    var reading = new PolicyFiles();
    List<Manifest> configMaps =
        manifests.stream().filter(m -> m.kind().equals("ConfigMap")).toList();
    manifests.forEach(m -> reading.add(m, configMaps));
    if (!reading.problems.isEmpty()) {
      throw new BadInputException(reading.problems);
    }
    return EffectivePolicy.joinAll(reading.policies)
        .orElseThrow(() ->
            new BadInputException(
                "no GuardrailPolicy and no ClusterGuardrailPolicy in "
                    + String.join(", ", files.stream().map(Path::toString).toList())
                    + "; name the files that hold them"));
  }

  /** Why a file cannot be read, in words that follow its name. */
  static String why(IOException e) {
    return e instanceof NoSuchFileException || e instanceof FileNotFoundException
        ? "cannot be opened; name a file that exists and that you may read"
        : "cannot be read: " + e.getMessage();
  }

  private void add(Manifest manifest, List<Manifest> configMaps) {
    CrdSchema schema = SCHEMAS.get(manifest.kind());
    if (schema == null) {
      if (manifest.apiVersion().isEmpty() || manifest.kind().isEmpty()) {
        problem(manifest, "apiVersion or kind is missing; every resource has both");
      }
      return;
    }
    if (!manifest.apiVersion().equals(API)) {
      problem(manifest, "apiVersion is \"%s\"; write %s".formatted(manifest.apiVersion(), API));
      return;
    }
    if (manifest.name().isEmpty()) {
      problem(manifest, "metadata.name is missing; name the policy");
      return;
    }
    if (!seen.add(manifest.kind() + "/" + manifest.namespace() + "/" + manifest.name())) {
      problem(manifest, "is there twice; remove one");
      return;
    }
    int before = problems.size();
    manifest
        .json()
        .fieldNames()
        .forEachRemaining(name -> {
          if (!FIELDS.contains(name)) {
            problem(manifest, name + " is not a field; known are " + String.join(", ", FIELDS));
          }
        });
    JsonNode spec = manifest.json().path("spec");
    if (spec.isMissingNode()) {
      problem(manifest, "spec is missing; it is required");
      return;
    }
    schema.problems(spec).forEach(p -> problem(manifest, p));
    if (problems.size() == before) {
      FieldRules.problems(spec).forEach(p -> problem(manifest, p));
    }
    if (problems.size() == before) {
      understand(manifest, spec, configMaps);
    }
  }

  private void understand(Manifest manifest, JsonNode spec, List<Manifest> configMaps) {
    try {
      var resource = resource(manifest, JSON.treeToValue(spec, GuardrailPolicySpec.class));
      String namespace = resource.policyKind() == PolicyKind.NAMESPACED ? manifest.namespace() : "";
      var reading = PolicyReading.of(resource, new WordLists(configMaps, namespace));
      reading.problems().forEach(p -> problem(manifest, p.text()));
      reading.policy().ifPresent(policies::add);
    } catch (JsonProcessingException e) {
      problem(manifest, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      problem(manifest, e.getMessage());
    }
  }

  private static GuardrailResource resource(Manifest manifest, GuardrailPolicySpec spec) {
    var metadata = new ObjectMetaBuilder().withName(manifest.name()).build();
    if (manifest.kind().equals(PolicyKind.CLUSTER.kind())) {
      var policy = new ClusterGuardrailPolicy();
      policy.setMetadata(metadata);
      policy.setSpec(spec);
      return policy;
    }
    var policy = new GuardrailPolicy();
    policy.setMetadata(metadata);
    policy.setSpec(spec);
    return policy;
  }

  private void problem(Manifest manifest, String message) {
    problems.add(manifest.where() + ": " + message);
  }
}
