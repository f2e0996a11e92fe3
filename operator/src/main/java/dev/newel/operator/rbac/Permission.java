package dev.newel.operator.rbac;

import java.util.List;

/**
 * One thing that the operator may do.
 *
 * @param scope where
 * @param group API group; empty for the core
 * @param resource plural, with a subresource after a slash
 * @param verbs as RBAC names them
 * @param names to which objects it is limited; empty: all
 * @param why what it is needed for
 */
public record Permission(
    Scope scope,
    String group,
    String resource,
    List<String> verbs,
    List<String> names,
    String why) {

  /** Where a permission holds. */
  public enum Scope {
    /** In every namespace: models may be anywhere. */
    CLUSTER,
    /** In the operator's own namespace only. */
    OWN_NAMESPACE
  }

  public Permission {
    verbs = List.copyOf(verbs);
    names = List.copyOf(names);
  }
}
