package dev.newel.operator.rbac;

import dev.newel.operator.rbac.Permission.Scope;

/** Writes {@link Permissions} as the rules of a role, each with its reason as a comment. */
public final class RoleYaml {
  private RoleYaml() {}

  /** The value of {@code rules:} for one scope, without indentation. */
  public static String rules(Scope scope) {
    var out = new StringBuilder();
    for (Permission p : Permissions.all()) {
      if (p.scope() != scope) {
        continue;
      }
      out.append("# ").append(p.why()).append('\n');
      out.append("- apiGroups: [\"").append(p.group()).append("\"]\n");
      out.append("  resources: [").append(p.resource()).append("]\n");
      if (!p.names().isEmpty()) {
        out.append("  resourceNames: [").append(String.join(", ", p.names())).append("]\n");
      }
      out.append("  verbs: [").append(String.join(", ", p.verbs())).append("]\n");
    }
    return out.toString();
  }
}
