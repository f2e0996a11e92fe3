package dev.newel.operator.kube;

import java.util.Map;

/** Labels and annotations that the operator sets and reads. */
public final class Labels {
  public static final String NAME = "app.kubernetes.io/name";
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String PART_OF = "app.kubernetes.io/part-of";
  public static final String MODEL = "newel.dev/model";

  /** Id of the audit intent of the last write. */
  public static final String INTENT = "newel.dev/intent";

  /** Hash of what was last applied: tells a field that is no longer wanted from one of others. */
  public static final String DESIRED = "newel.dev/desired";

  /** Selects everything the operator made. */
  public static final String SELECTOR = MANAGED_BY + "=newel";

  private Labels() {}

  /** Of every child of a model. */
  public static Map<String, String> child(String model) {
    return Map.of(
        NAME, "newel-model",
        MANAGED_BY, "newel",
        PART_OF, "newel",
        MODEL, Names.label(model));
  }

  /** What finds the pods of a model. */
  public static Map<String, String> pods(String model) {
    return Map.of(MANAGED_BY, "newel", MODEL, Names.label(model));
  }
}
