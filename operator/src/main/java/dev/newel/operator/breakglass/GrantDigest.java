package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Basis;
import dev.newel.operator.kube.Names;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What an approval approves, as a short text that changes when anything of it does. Pure. */
final class GrantDigest {
  /** Changes with the canonical form below: approvals given to another form do not count. */
  private static final String FORM = "newel-breakglass/1";

  /** Hexadecimal digits: 64 bits, of which an attacker would have to hit given ones. */
  private static final int DIGITS = 16;

  private GrantDigest() {}

  /** Hash of a role's rules, whatever their order. */
  static String role(List<PolicyRule> rules) {
    return cut(
        rules.stream().map(GrantDigest::canonical).sorted().collect(Collectors.joining("\n")));
  }

  private static String canonical(PolicyRule rule) {
    return List.of(
            sorted(rule.getApiGroups()),
            sorted(rule.getResources()),
            sorted(rule.getVerbs()),
            sorted(rule.getResourceNames()),
            sorted(rule.getNonResourceURLs()))
        .stream()
        .map(GrantDigest::field)
        .collect(Collectors.joining());
  }

  private static String sorted(List<String> list) {
    return list == null
        ? ""
        : list.stream().distinct().sorted().map(GrantDigest::field).collect(Collectors.joining());
  }

  /**
   * The digest.
   *
   * @param approveBy until when it may be approved
   */
  static String of(BreakGlassRequest request, Basis basis, Instant approveBy) {
    var spec = request.getSpec();
    return cut(
        FORM
            + List.of(
                    request.getMetadata().getUid(),
                    request.getMetadata().getNamespace(),
                    spec.policy(),
                    spec.requester(),
                    spec.role(),
                    spec.duration(),
                    spec.notBefore() == null ? "" : spec.notBefore(),
                    spec.reason(),
                    String.valueOf(spec.inEmergency()),
                    basis.policy(),
                    basis.role(),
                    basis.admission(),
                    approveBy.toString())
                .stream()
                .map(GrantDigest::field)
                .collect(Collectors.joining()));
  }

  /** With its length, so that no two lists of fields read the same. */
  private static String field(String value) {
    return value.length() + ":" + value + ",";
  }

  private static String cut(String text) {
    return Names.hash(text).substring(0, DIGITS);
  }
}
