package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.EventType;
import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.RequestDecision.Effect;
import dev.newel.operator.breakglass.RequestDecision.Outcome;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from what is known; no cluster, no clock. */
class RequestDecisionTest {
  private static final Instant T0 = Instant.parse("2026-11-24T08:00:00Z");
  private static final AdmissionPolicies.Found ENFORCED =
      new AdmissionPolicies.Found("f00d", Optional.empty());
  private static final AdmissionPolicies.Found AWAY =
      new AdmissionPolicies.Found("", Optional.of("missing"));
  private static final String POLICY =
      """
      apiVersion: newel.dev/v1alpha1
      kind: BreakGlassPolicy
      metadata: {name: production, uid: p-1, generation: 1}
      spec:
        namespaces: {matchLabels: {tier: production}}
        roles: [{name: view}, {name: secrets}]
        maxDuration: 1h
        approvals: {required: 2, within: 30m}
        reason: {pattern: '^INC-', minLength: 8}
        limits: {activePerUser: 1}
        emergency: {maxDuration: 15m, role: view}
        review: {within: 24h}
      """;

  /** One round: what is there, and what was decided on it before. */
  private record Round(RequestInput input, Outcome outcome) {
    /** The next round, with the status that this one wrote. */
    Round then(Instant now, UnaryOperator<String> policy, String... annotations) {
      RequestStatus.Desired desired =
          RequestStatus.of(input, outcome, List.of(), List.of(), List.of(), Optional.empty());
      var request =
          Serialization.unmarshal(Serialization.asJson(input.request()), BreakGlassRequest.class);
      request.setStatus(
          Serialization.unmarshal(
              Serialization.asJson(desired.status()),
              dev.newel.crds.BreakGlassRequestStatus.class));
      var marks = new java.util.HashMap<String, String>();
      for (String a : annotations) {
        String[] parts = a.split("=", 2);
        marks.put("newel.dev/" + parts[0], parts[1].replace("DIGEST", desired.status().digest()));
      }
      request.getMetadata().setAnnotations(marks);
      return round(request, now, policy.apply(POLICY), ENFORCED, RULES, Optional.empty());
    }

    Round then(Instant now, String... annotations) {
      return then(now, UnaryOperator.identity(), annotations);
    }
  }

  private static final List<PolicyRule> RULES =
      List.of(
          Serialization.unmarshal(
              "---\n{apiGroups: [''], resources: [pods], verbs: [get, list]}", PolicyRule.class));

  private static BreakGlassRequest request(String spec) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: BreakGlassRequest
        metadata: {name: fix, namespace: shop, uid: 0000-1, generation: 1, creationTimestamp: "2026-11-24T08:00:00Z", resourceVersion: "1"}
        spec: {policy: production, requester: alice, role: view, duration: 30m, reason: INC-4711 orders%s}
        """
            .formatted(spec),
        BreakGlassRequest.class);
  }

  private static Round round(
      BreakGlassRequest request,
      Instant now,
      String policy,
      AdmissionPolicies.Found admission,
      List<PolicyRule> rules,
      Optional<String> ended) {
    var input =
        new RequestInput(
            request,
            now,
            admission,
            policy.isEmpty()
                ? Optional.empty()
                : Optional.of(Serialization.unmarshal(policy, BreakGlassPolicy.class)),
            Optional.of(Map.of("tier", "production")),
            Optional.ofNullable(rules),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            ended);
    return new Round(input, RequestDecision.of(input));
  }

  private static Round fresh(String spec) {
    return round(request(spec), T0, POLICY, ENFORCED, RULES, Optional.empty());
  }

  private static Phase phase(Round round) {
    return round.outcome().state().phase();
  }

  @ParameterizedTest
  @CsvSource({
    "', duration: 2h', TooLong",
    "', reason: because', ReasonInsufficient",
    "', reason: INC-1', ReasonInsufficient",
    "', role: edit', RoleNotOffered",
    "', emergency: true, duration: 16m', TooLong",
    "', emergency: true, role: secrets', EmergencyNotOffered",
    "', requester: \"system:serviceaccount:a:b\"', AdmissionNotEnforced",
    "', notBefore: \"2026-02-30T00:00:00Z\"', TooLong"
  })
  void whatThePolicyDoesNotAllowIsRefusedAtOnce(String spec, String reason) {
    // duplicate keys are the last one's
    String merged = Serialization.asJson(request("").getSpec());
    var tree = Serialization.unmarshal(merged, java.util.HashMap.class);
    @SuppressWarnings("unchecked")
    Map<String, Object> all = (Map<String, Object>) tree;
    @SuppressWarnings("unchecked")
    Map<String, Object> change =
        Serialization.unmarshal("---\n{" + spec.substring(2) + "}", Map.class);
    all.putAll(change);
    BreakGlassRequest request = request("");
    request.setSpec(
        Serialization.unmarshal(
            Serialization.asJson(all), dev.newel.crds.BreakGlassRequestSpec.class));
    // When
    Round round = round(request, T0, POLICY, ENFORCED, RULES, Optional.empty());
    // Then
    assertThat(phase(round)).isEqualTo(Phase.REFUSED);
    assertThat(((GrantState.Over) round.outcome().state()).ended().reason()).isEqualTo(reason);
  }

  @Test
  void twoPeopleAreNeededAndTheDeadlineIsFixedByTheSecond() {
    Round pending = fresh("");
    assertThat(phase(pending)).isEqualTo(Phase.PENDING);
    Round one = pending.then(T0.plusSeconds(10), "approve=bob DIGEST");
    assertThat(phase(one)).isEqualTo(Phase.PENDING);
    assertThat(one.outcome().clear()).containsExactly("newel.dev/approve");
    Round two = one.then(T0.plusSeconds(20), "approve=carol DIGEST");
    assertThat(two.outcome().state())
        .isInstanceOfSatisfying(
            GrantState.Approved.class,
            a -> assertThat(a.expiresAt()).isEqualTo(T0.plusSeconds(20 + 1800)));
    assertThat(two.outcome().effect()).isEqualTo(Effect.NONE);
    // the grant itself is a step of its own, after the status was written
    Round grant = two.then(T0.plusSeconds(40));
    assertThat(grant.outcome().effect()).isEqualTo(Effect.GRANT);
    assertThat(((GrantState.Approved) grant.outcome().state()).expiresAt())
        .isEqualTo(T0.plusSeconds(20 + 1800));
    // and never late
    assertThat(phase(two.then(T0.plusSeconds(1821)))).isEqualTo(Phase.TIMED_OUT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "approve=bob DIGEST",
        "approve=BOB DIGEST",
        "approve=oidc:bob@example.com DIGEST",
        "approve=alice DIGEST",
        "approve=Alice@example.com DIGEST",
        "approve=carol 0000000000000000",
        "approve=system:serviceaccount:a:b DIGEST",
        "approve=DIGEST",
        "review=carol DIGEST",
        "revoke=carol DIGEST",
        "withdraw=bob DIGEST"
      })
  void afterBobsApprovalThisDoesNotMakeTwo(String decision) {
    Round one = fresh("").then(T0.plusSeconds(1), "approve=bob DIGEST");
    // When
    Round again = one.then(T0.plusSeconds(2), decision);
    // Then
    assertThat(phase(again)).isEqualTo(Phase.PENDING);
    assertThat(again.outcome().transitions())
        .extracting(RequestDecision.Transition::type)
        .containsExactly(EventType.GRANT_REFUSED);
    assertThat(again.outcome().clear()).hasSize(1);
  }

  @Test
  void aNoWinsOverAYesOfTheSameMoment() {
    Round one = fresh("").then(T0.plusSeconds(1), "approve=bob DIGEST");
    assertThat(phase(one.then(T0.plusSeconds(2), "approve=carol DIGEST", "deny=dave DIGEST")))
        .isEqualTo(Phase.DENIED);
  }

  @ParameterizedTest
  @CsvSource({"1799, PENDING", "1800, TIMED_OUT", "99999999, TIMED_OUT"})
  void approvalsAreCollectedForAWhile(long seconds, Phase phase) {
    assertThat(phase(fresh("").then(T0.plusSeconds(seconds), "approve=bob DIGEST")))
        .isEqualTo(phase);
  }

  @ParameterizedTest
  @ValueSource(strings = {"generation: 2", "uid: p-2"})
  void aPolicyThatChangedVoidsApprovals(String change) {
    Round one = fresh("").then(T0.plusSeconds(1), "approve=bob DIGEST");
    Round changed =
        one.then(
            T0.plusSeconds(2),
            p -> p.replaceAll(change.split(" ", -1)[0] + " [^,}]*", change),
            "approve=carol DIGEST");
    assertThat(changed.outcome().state())
        .isInstanceOfSatisfying(GrantState.Pending.class, p -> assertThat(p.approvals()).isEmpty());
    assertThat(changed.outcome().transitions())
        .extracting(RequestDecision.Transition::type)
        .containsExactly(EventType.GRANT_VOIDED, EventType.GRANT_REFUSED);
  }

  @Test
  void withoutItsAdmissionPoliciesNothingIsHonouredAndNothingIsCleared() {
    Round away = round(request(""), T0, POLICY, AWAY, RULES, Optional.empty());
    assertThat(away.outcome().state()).isInstanceOf(GrantState.Fresh.class);
    assertThat(away.outcome().effect()).isEqualTo(Effect.NONE);
    assertThat(away.outcome().note()).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "grant.denied, DENIED",
    "grant.withdrawn, WITHDRAWN",
    "grant.timedout, TIMED_OUT",
    "grant.refused, REFUSED",
    "grant.revoked, REVOKED"
  })
  void whatTheAuditLogSaysHasEndedStaysEnded(String how, Phase phase) {
    Round again = round(request(""), T0, POLICY, ENFORCED, RULES, Optional.of(how));
    assertThat(phase(again)).isEqualTo(phase);
    assertThat(again.outcome().effect()).isEqualTo(Effect.REMOVE);
  }

  @Test
  void anEmergencyNeedsNobodyAndHasItsOwnLimit() {
    BreakGlassRequest request = request(", emergency: true");
    request.setSpec(
        Serialization.unmarshal(
            Serialization.asJson(request.getSpec()).replace("30m", "15m"),
            dev.newel.crds.BreakGlassRequestSpec.class));
    Round round = round(request, T0, POLICY, ENFORCED, RULES, Optional.empty());
    assertThat(round.outcome().state())
        .isInstanceOfSatisfying(
            GrantState.Approved.class,
            a -> assertThat(a.expiresAt()).isEqualTo(T0.plusSeconds(900)));
  }

  @Test
  void theDigestDependsOnEverythingThatIsGranted() {
    String digest = fresh("").outcome().digest().orElseThrow();
    assertThat(fresh("").outcome().digest()).contains(digest);
    var other =
        List.of(
            Serialization.unmarshal(
                "---\n{apiGroups: [''], resources: [pods], verbs: [get, list, delete]}",
                PolicyRule.class));
    assertThat(round(request(""), T0, POLICY, ENFORCED, other, Optional.empty()).outcome().digest())
        .isPresent()
        .isNotEqualTo(Optional.of(digest));
    var found = new AdmissionPolicies.Found("beef", Optional.empty());
    assertThat(round(request(""), T0, POLICY, found, RULES, Optional.empty()).outcome().digest())
        .isPresent()
        .isNotEqualTo(Optional.of(digest));
    BreakGlassRequest again = request("");
    again.getMetadata().setUid("0000-2");
    assertThat(round(again, T0, POLICY, ENFORCED, RULES, Optional.empty()).outcome().digest())
        .isPresent()
        .isNotEqualTo(Optional.of(digest));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phase: Pending, approvals: [{at: x}, {user: bob}, {user: carol}]",
        "phase: Approved",
        "phase: Approved, expiresAt: tomorrow",
        "phase: Active",
        "phase: Active, expiresAt: '2099-01-01T00:00:00Z'",
        "phase: Active, expiresAt: '2099-01-01T00:00:00Z', basis: {policy: p-1/1}, grant: {uid: x}",
        "phase: ReviewPending, reviewBy: never",
        "phase: Revoked",
        "phase: Closed"
      })
  void aStatusThatSomebodyElseWroteGivesNothingAndBreaksNothing(String status) {
    BreakGlassRequest request = request("");
    request.setStatus(
        Serialization.unmarshal(
            "---\n{" + status + "}", dev.newel.crds.BreakGlassRequestStatus.class));
    // When
    Round round = round(request, T0, POLICY, ENFORCED, RULES, Optional.empty());
    // Then
    assertThat(round.outcome().effect()).isNotEqualTo(Effect.GRANT);
    assertThat(round.outcome().state()).isNotInstanceOf(GrantState.Active.class);
    assertThat(
            RequestStatus.of(
                    round.input(),
                    round.outcome(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty())
                .status())
        .isNotNull();
  }
}
