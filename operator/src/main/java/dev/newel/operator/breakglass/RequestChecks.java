package dev.newel.operator.breakglass;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassPolicySpec;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestSpec;
import dev.newel.crds.GrantRisk;
import dev.newel.operator.kube.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a request cannot be granted, however many approve it. Pure; the first reason counts. */
final class RequestChecks {
  private RequestChecks() {}

  /** A "no", in words that a person can act on. */
  record Refusal(Reason reason, String message) {}

  private static final List<Function<RequestInput, Optional<Refusal>>> CHAIN =
      List.of(
          RequestChecks::requester,
          RequestChecks::namespace,
          RequestChecks::role,
          RequestChecks::time,
          RequestChecks::emergency,
          RequestChecks::reason,
          RequestChecks::reviewed,
          RequestChecks::limit);

  static Optional<Refusal> first(RequestInput input) {
    if (input.policy().isEmpty()) {
      return no(
          Reason.POLICY_NOT_FOUND,
          "there is no BreakGlassPolicy %s; name one that kubectl get bgp lists",
          input.request().getSpec().policy());
    }
    return CHAIN.stream().map(c -> c.apply(input)).flatMap(Optional::stream).findFirst();
  }

  @SuppressWarnings("AnnotateFormatMethod") // its annotation is no dependency of ours
  private static Optional<Refusal> no(Reason reason, String message, Object... values) {
    return Optional.of(new Refusal(reason, message.formatted(values)));
  }

  private static BreakGlassPolicySpec policy(RequestInput input) {
    return input.policy().orElseThrow().getSpec();
  }

  private static Optional<Refusal> requester(RequestInput input) {
    String requester = input.request().getSpec().requester();
    return Person.of(requester).isProgram()
        ? no(Reason.ADMISSION_NOT_ENFORCED, "%s is no person", Shown.text(requester))
        : Optional.empty();
  }

  private static Optional<Refusal> namespace(RequestInput input) {
    String namespace = input.request().getMetadata().getNamespace();
    if (input.namespaceLabels().isEmpty()) {
      return no(
          Reason.NAMESPACE_NOT_SELECTED,
          "in %s no access is given under any policy, nor in kube-* and the operator's own namespace",
          namespace);
    }
    Map<String, String> labels = input.namespaceLabels().get();
    return policy(input).namespaces().matches(labels)
        ? Optional.empty()
        : no(
            Reason.NAMESPACE_NOT_SELECTED,
            "policy %s does not select namespace %s; its spec.namespaces says which it selects",
            input.request().getSpec().policy(),
            namespace);
  }

  private static Optional<Refusal> role(RequestInput input) {
    String name = input.request().getSpec().role();
    var offered = policy(input).roles().stream().filter(r -> r.name().equals(name)).findFirst();
    if (offered.isEmpty()) {
      return no(
          Reason.ROLE_NOT_OFFERED,
          "role %s is not offered by policy %s; it offers %s",
          name,
          input.request().getSpec().policy(),
          policy(input).roles().stream().map(r -> r.name()).collect(Collectors.joining(", ")));
    }
    if (input.rules().isEmpty()) {
      return no(Reason.ROLE_NOT_FOUND, "there is no ClusterRole %s", name);
    }
    return risks(name, offered.get(), RoleRisks.of(input.rules().get()));
  }

  /** Also what a policy itself is judged by. */
  static Optional<Refusal> risks(
      String name, BreakGlassPolicySpec.Role offered, RoleRisks analysis) {
    if (!analysis.never().isEmpty()) {
      return no(
          Reason.POWER_NOT_ACCEPTABLE,
          "ClusterRole %s cannot be granted: %s",
          name,
          analysis.never().getFirst());
    }
    List<GrantRisk> accepted = offered.acceptRisks() == null ? List.of() : offered.acceptRisks();
    List<GrantRisk> open =
        analysis.risks().keySet().stream().filter(r -> !accepted.contains(r)).toList();
    return open.isEmpty()
        ? Optional.empty()
        : no(
            Reason.RISK_NOT_ACCEPTED,
            "ClusterRole %s has powers that outlive or widen a grant: %s; add [%s] to acceptRisks of"
                + " this role if that is meant",
            name,
            open.stream()
                .map(r -> r.text() + " by " + analysis.risks().get(r))
                .collect(Collectors.joining("; ")),
            open.stream().map(GrantRisk::text).collect(Collectors.joining(", ")));
  }

  private static Optional<Refusal> time(RequestInput input) {
    BreakGlassRequestSpec spec = input.request().getSpec();
    try {
      if (spec.notBefore() != null) {
        Instant.parse(spec.notBefore());
      }
    } catch (java.time.format.DateTimeParseException e) {
      return no(Reason.TOO_LONG, "spec.notBefore is %s, which is no day", spec.notBefore());
    }
    return tooLong(spec.duration(), policy(input).maxDuration(), "policy " + spec.policy());
  }

  private static Optional<Refusal> tooLong(String wanted, String most, String who) {
    return TimeSpan.of(wanted).compareTo(TimeSpan.of(most)) > 0
        ? no(
            Reason.TOO_LONG,
            "spec.duration is %s; the longest that %s allows is %s",
            wanted,
            who,
            most)
        : Optional.empty();
  }

  private static Optional<Refusal> emergency(RequestInput input) {
    BreakGlassRequestSpec spec = input.request().getSpec();
    if (!spec.inEmergency()) {
      return Optional.empty();
    }
    var emergency = policy(input).emergency();
    if (emergency == null) {
      return no(
          Reason.EMERGENCY_NOT_OFFERED,
          "policy %s knows no emergency; leave spec.emergency out and ask for approval",
          spec.policy());
    }
    if (!emergency.role().equals(spec.role())) {
      return no(
          Reason.EMERGENCY_NOT_OFFERED,
          "spec.role is %s; in an emergency policy %s gives only %s",
          spec.role(),
          spec.policy(),
          emergency.role());
    }
    return tooLong(spec.duration(), emergency.maxDuration(), "an emergency of " + spec.policy());
  }

  private static Optional<Refusal> reason(RequestInput input) {
    var wanted = policy(input).reason();
    String reason = input.request().getSpec().reason();
    if (wanted == null) {
      return Optional.empty();
    }
    int length = reason.codePointCount(0, reason.length());
    if (wanted.minLength() != null && length < wanted.minLength()) {
      return no(
          Reason.REASON_INSUFFICIENT,
          "spec.reason has %d characters; policy %s wants at least %d",
          length,
          input.request().getSpec().policy(),
          wanted.minLength());
    }
    try {
      return wanted.pattern() == null || Pattern.compile(wanted.pattern()).matcher(reason).find()
          ? Optional.empty()
          : no(
              Reason.REASON_INSUFFICIENT,
              "spec.reason does not match %s, which policy %s wants",
              Shown.text(wanted.pattern()),
              input.request().getSpec().policy());
    } catch (PatternSyntaxException e) {
      return no(
          Reason.REASON_INSUFFICIENT, "spec.reason.pattern of the policy is not in RE2 syntax");
    }
  }

  private static Stream<BreakGlassRequest> ofThePerson(RequestInput input) {
    Person person = Person.of(input.request().getSpec().requester());
    return input.others().stream().filter(o -> Person.of(o.getSpec().requester()).equals(person));
  }

  private static Optional<Refusal> reviewed(RequestInput input) {
    if (input.request().getSpec().inEmergency()) {
      return Optional.empty();
    }
    return ofThePerson(input)
        .filter(o ->
            o.getStatus() != null
                && o.getStatus().reviewBy() != null
                && !GrantState.time(o.getStatus().reviewBy()).isAfter(input.now()))
        .findFirst()
        .flatMap(o ->
            no(
                Reason.REVIEW_OVERDUE,
                "the review of request %s was due at %s; have it reviewed first, or ask for an"
                    + " emergency",
                o.reference(),
                o.getStatus().reviewBy()));
  }

  /**
   * Those that wait or are active count; of two that began in the same second the smaller uid is
   * first, so that of many at once exactly as many as allowed remain.
   */
  private static Optional<Refusal> limit(RequestInput input) {
    int most = policy(input).limits().activePerUser();
    boolean taken =
        input.request().getStatus() != null && input.request().getStatus().phase() != null;
    List<String> before =
        ofThePerson(input)
            .filter(o -> o.getSpec().policy().equals(input.request().getSpec().policy()))
            .filter(o -> o.getSpec().inEmergency() == input.request().getSpec().inEmergency())
            .filter(o -> {
              boolean theirs = o.getStatus() != null && o.getStatus().phase() != null;
              boolean first = ORDER.compare(o, input.request()) < 0;
              return theirs ? o.getStatus().phase().isLive() && (first || !taken) : first;
            })
            .map(BreakGlassRequest::reference)
            .sorted()
            .toList();
    return before.size() < most
        ? Optional.empty()
        : no(
            Reason.LIMIT_REACHED,
            "%s has %d request(s) under policy %s that wait or are active, and the limit is %d;"
                + " withdraw or end one of: %s",
            Shown.text(input.request().getSpec().requester()),
            before.size(),
            input.request().getSpec().policy(),
            most,
            String.join(", ", before.subList(0, Math.min(4, before.size()))));
  }

  private static final Comparator<BreakGlassRequest> ORDER =
      Comparator.comparing((BreakGlassRequest r) -> r.getMetadata().getCreationTimestamp())
          .thenComparing(r -> r.getMetadata().getUid());

  /** Of what {@link BreakGlassPolicy} a request speaks, for messages. */
  static String words(BreakGlassRequest request) {
    BreakGlassRequestSpec spec = request.getSpec();
    return "%s gets ClusterRole/%s in %s for %s"
        .formatted(
            Shown.text(spec.requester()),
            spec.role(),
            request.getMetadata().getNamespace(),
            spec.duration());
  }
}
