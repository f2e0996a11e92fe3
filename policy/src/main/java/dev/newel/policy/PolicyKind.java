package dev.newel.policy;

/** The kinds of resource that carry rules. */
public enum PolicyKind {
  CLUSTER("ClusterGuardrailPolicy"),
  NAMESPACED("GuardrailPolicy");

  private final String kind;

  PolicyKind(String kind) {
    this.kind = kind;
  }

  /** The Kubernetes kind, as it stands in a manifest. */
  public String kind() {
    return kind;
  }

  /**
   * @throws IllegalArgumentException when {@code kind} names neither
   */
  public static PolicyKind of(String kind) {
    for (PolicyKind k : values()) {
      if (k.kind.equals(kind)) {
        return k;
      }
    }
    throw new IllegalArgumentException(
        "kind is " + kind + "; expected ClusterGuardrailPolicy or GuardrailPolicy");
  }
}
