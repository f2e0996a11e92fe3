package dev.newel.e2e.harness;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What GitOps tools conclude from a custom resource's status, by the rules of kstatus (package
 * {@code pkg/kstatus/status} of sigs.k8s.io/cli-utils): Flux and others wait for {@link #CURRENT}.
 */
public enum KStatus {
  CURRENT,
  IN_PROGRESS,
  FAILED,
  TERMINATING;

  /** Reads an object as the API server shows it. */
  public static KStatus of(JsonNode object) {
    if (object.path("metadata").has("deletionTimestamp")) {
      return TERMINATING;
    }
    JsonNode status = object.path("status");
    if (status.has("observedGeneration")
        && status.path("observedGeneration").asLong()
            != object.path("metadata").path("generation").asLong()) {
      return IN_PROGRESS;
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("status").asText().equals("True")) {
        switch (condition.path("type").asText()) {
          case "Reconciling" -> {
            return IN_PROGRESS;
          }
          case "Stalled" -> {
            return FAILED;
          }
          default -> {}
        }
      }
    }
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals("Ready")) {
        return condition.path("status").asText().equals("True") ? CURRENT : IN_PROGRESS;
      }
    }
    return CURRENT;
  }
}
