package dev.newel.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanonicalPolicyTest {
  private static final Rule RULE =
      new Rule(
          new RuleId(PolicyKind.CLUSTER, "newel-baseline", "credentials"),
          Severity.HIGH,
          Rules.words("aurora"),
          Optional.of(Action.BLOCK),
          Optional.of(Action.MASK),
          Mode.ENFORCE,
          MaskStyle.LABEL,
          BlockedMessages.DEFAULT,
          false);

  @Test
  void theFormIsAsItEverWas() {
    // Given: a change here changes every revision, so it needs a new VERSION
    var policy = EffectivePolicy.of(List.of(RULE), Settings.DEFAULT);

    // Then
    assertThat(new String(CanonicalPolicy.bytes(policy), UTF_8))
        .isEqualTo(
            "{\"rules\":[{\"explain\":false,"
                + "\"id\":\"ClusterGuardrailPolicy/newel-baseline/credentials\",\"input\":\"BLOCK\","
                + "\"mask\":\"LABEL\",\"messages\":{\"input\":\"Your request was stopped by"
                + " policy.\",\"output\":\"The answer was stopped by policy.\"},"
                + "\"mode\":\"ENFORCE\",\"output\":\"MASK\",\"severity\":\"HIGH\","
                + "\"words\":{\"match\":\"WORD\",\"values\":[\"aurora\"]}}],"
                + "\"settings\":{\"maxHoldBack\":256,\"onError\":\"BLOCK\","
                + "\"onUninspectable\":\"BLOCK\",\"scope\":[\"ASSISTANT\",\"SYSTEM\","
                + "\"TOOL_CALL\",\"TOOL_RESULT\",\"USER\"]},\"version\":1}");
    assertThat(policy.revision()).isEqualTo("df25f05d974402f8");
  }

  @Test
  void parsingGivesBackWhatWasWritten() {
    var policies = new RandomPolicies(20261126);
    for (int i = 0; i < 2_000; i++) {
      // Given
      var policy = policies.next();

      // When
      var fromTree = CanonicalPolicy.parse(CanonicalPolicy.tree(policy));
      var fromText =
          CanonicalPolicy.parse(
              (Map<?, ?>) JsonReader.read(new String(CanonicalPolicy.bytes(policy), UTF_8)));

      // Then
      assertThat(fromTree).isEqualTo(policy);
      assertThat(fromText).isEqualTo(policy);
      assertThat(fromText.revision()).isEqualTo(policy.revision());
    }
  }

  @Test
  void everyFieldOfARuleAndEverySettingCountsInTheRevision() {
    // Given
    var r = RULE;
    Settings d = Settings.DEFAULT;
    var id = new RuleId(PolicyKind.NAMESPACED, "newel-baseline", "credentials");
    var quiet = new BlockedMessages("no", BlockedMessages.DEFAULT.output());
    var substring = new Check.Words(new TreeSet<>(List.of("aurora")), Check.WordMatch.SUBSTRING);

    // When
    Stream<EffectivePolicy> all =
        Stream.concat(
            Stream.of(
                    r,
                    with(id, r.severity(), r.check(), r.mode(), r.mask(), r.messages(), false),
                    with(r.id(), Severity.LOW, r.check(), r.mode(), r.mask(), r.messages(), false),
                    with(r.id(), r.severity(), substring, r.mode(), r.mask(), r.messages(), false),
                    with(r.id(), r.severity(), r.check(), Mode.DETECT, r.mask(), quiet, false),
                    with(r.id(), r.severity(), r.check(), r.mode(), r.mask(), quiet, false),
                    with(r.id(), r.severity(), r.check(), r.mode(), MaskStyle.HASH, quiet, false),
                    with(r.id(), r.severity(), r.check(), r.mode(), r.mask(), quiet, true))
                .map(rule -> EffectivePolicy.of(List.of(rule), d)),
            Stream.of(
                    new Settings(d.scope(), 257, d.onUninspectable(), d.onError()),
                    new Settings(d.scope(), 256, OnFailure.ALLOW, d.onError()),
                    new Settings(d.scope(), 256, d.onUninspectable(), OnFailure.ALLOW),
                    new Settings(Set.of(Part.USER), 256, d.onUninspectable(), d.onError()))
                .map(s -> EffectivePolicy.of(List.of(r), s)));

    // Then
    assertThat(all.map(EffectivePolicy::revision).toList()).hasSize(12).doesNotHaveDuplicates();
  }

  @Test
  void anUnknownVersionShapeOrCheckIsRefused() {
    // Given
    Map<String, Object> good =
        CanonicalPolicy.tree(EffectivePolicy.of(List.of(RULE), Settings.DEFAULT));
    var newer = new HashMap<>(good);
    newer.put("version", 2L);
    var unshaped = new HashMap<>(good);
    unshaped.put("settings", "none");
    var unchecked = new HashMap<String, Object>(good);
    var rule = new HashMap<Object, Object>((Map<?, ?>) ((List<?>) good.get("rules")).getFirst());
    rule.remove("words");
    unchecked.put("rules", List.of(rule));

    // Then
    assertThatThrownBy(() -> CanonicalPolicy.parse(newer))
        .hasMessage("policy version is 2; this build reads 1");
    assertThatThrownBy(() -> CanonicalPolicy.parse(unshaped))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the policy has an unknown shape");
    assertThatThrownBy(() -> CanonicalPolicy.parse(unchecked))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has no check known here");
  }

  private static Rule with(
      RuleId id,
      Severity severity,
      Check check,
      Mode mode,
      MaskStyle mask,
      BlockedMessages messages,
      boolean explain) {
    return new Rule(
        id, severity, check, RULE.input(), RULE.output(), mode, mask, messages, explain);
  }
}
