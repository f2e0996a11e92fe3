package dev.newel.cli.check;

import dev.newel.crds.PolicyReading;
import dev.newel.crds.RuleSpec;
import java.util.List;
import java.util.Optional;

/**
 * The ConfigMaps among the manifests, as one policy sees them: those of its own namespace. A
 * manifest that names no namespace may be meant for any; a cluster policy reads from the operator's
 * namespace, which is not known here, so it sees all.
 */
record WordLists(List<Manifest> configMaps, String namespace) implements PolicyReading.Sources {
  @Override
  public Optional<String> apply(RuleSpec.Source source) {
    return configMaps.stream()
        .filter(m -> m.name().equals(source.configMap()))
        .filter(
            m -> namespace.isEmpty() || m.namespace().isEmpty() || m.namespace().equals(namespace))
        .map(m -> m.json().path("data").path(source.key()))
        .filter(value -> value.isTextual())
        .map(value -> value.textValue())
        .findFirst();
  }
}
