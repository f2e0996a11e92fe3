package dev.newel.crds.schema;

/** Schema of {@code status.conditions}, for {@link DeepMerge}: the same in every kind. */
public final class Conditions {
  private Conditions() {}

  public static final String SCHEMA =
      """
      properties:
        conditions:
          x-kubernetes-list-type: map
          x-kubernetes-list-map-keys: [type]
          items:
            required: [type, status]
            properties:
              type: {description: "What it is about. Example: Ready"}
              status: {description: "True, False or Unknown. Example: \\"True\\""}
              reason: {description: "Why, in one word that programs can rely on. Example: Programmed"}
              message: {description: "Why, for people, with what to do about it. Example: all 2 pods enforce revision 7f3c9a12b0c4d5e6"}
              observedGeneration: {description: "Generation of the spec that it is about. Example: 3"}
              lastTransitionTime: {description: "When status last changed, RFC 3339 in UTC. Example: 2026-11-24T08:15:00Z"}
      """;
}
