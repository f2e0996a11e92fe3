package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Check.Tools;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Of several policies the allowed tools intersect and the denied ones unite: a call passes the join
 * exactly when it passes each policy by itself.
 */
class ToolsJoinTest {
  private static final List<String> GLOBS =
      List.of("*", "mail_*", "mail_send", "*_send", "shell", "s?ell", "file_read");
  private static final List<String> TOOLS =
      List.of("mail_send", "mail_read", "chat_send", "shell", "spell", "file_read", "other");
  private static final List<Tools.Argument> ARGUMENTS =
      List.of(new Tools.Argument("$.to[*]", "a"), new Tools.Argument("$.path", "b"));

  private final Random random = new Random(Long.getLong("newel.seed", 20261126));

  @Test
  void aCallPassesTheJoinExactlyWhenItPassesBothPolicies() {
    for (int i = 0; i < 5_000; i++) {
      // Given
      EffectivePolicy one = policy("one");
      EffectivePolicy other = policy("other");
      // When
      EffectivePolicy both = one.join(other);
      // Then
      for (String tool : TOOLS) {
        Set<Tools.Argument> satisfied = some(ARGUMENTS);
        assertThat(passes(both, tool, satisfied))
            .as("%s with %s by %s", tool, satisfied, both)
            .isEqualTo(passes(one, tool, satisfied) && passes(other, tool, satisfied));
      }
    }
  }

  @Test
  void allowListsIntersectAndDenyListsUnite() {
    // Given
    var one = Rules.rule("one", tools(Tools.Otherwise.DENY, List.of("a", "b"), List.of("x")));
    var other = Rules.rule("other", tools(Tools.Otherwise.DENY, List.of("b", "c", "x"), List.of()));
    var open = Rules.rule("open", tools(Tools.Otherwise.ALLOW, List.of(), List.of("d")));
    // When
    var joined = EffectivePolicy.of(List.of(one, other), Settings.DEFAULT);
    var denied = joined.join(EffectivePolicy.of(List.of(open), Settings.DEFAULT));
    // Then
    assertThat(List.of("a", "b", "c", "x").stream().filter(t -> passes(joined, t, Set.of())))
        .containsExactly("b");
    assertThat(List.of("b", "d").stream().filter(t -> passes(denied, t, Set.of())))
        .containsExactly("b");
  }

  @Test
  void anEntryIsSatisfiedWhenAllItsArgumentsAreAndOneEntryIsEnough() {
    // Given
    var tools =
        new Tools(
            Tools.Otherwise.ALLOW,
            List.of(
                new Tools.Allowed(new Glob("mail_*"), ARGUMENTS),
                new Tools.Allowed(new Glob("mail_read"), List.of())),
            new TreeSet<>());
    // Then
    assertThat(tools.allows("mail_send", a -> a.path().equals("$.path"))).isFalse();
    assertThat(tools.allows("mail_send", a -> true)).isTrue();
    assertThat(tools.allows("mail_read", a -> false)).isTrue();
    assertThat(tools.allows("other", a -> false)).isTrue();
  }

  private static boolean passes(EffectivePolicy policy, String tool, Set<Tools.Argument> holds) {
    return policy.rules().stream()
        .map(r -> (Tools) r.check())
        .allMatch(t -> t.allows(tool, holds::contains));
  }

  private EffectivePolicy policy(String name) {
    var rules = new ArrayList<Rule>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      rules.add(Rules.rule(name + i, check()));
    }
    return EffectivePolicy.of(rules, Settings.DEFAULT);
  }

  private Tools check() {
    var allow = new ArrayList<Tools.Allowed>();
    for (String glob : some(GLOBS)) {
      allow.add(new Tools.Allowed(new Glob(glob), List.copyOf(some(ARGUMENTS))));
    }
    Tools.Otherwise otherwise = random.nextBoolean() ? Tools.Otherwise.ALLOW : Tools.Otherwise.DENY;
    var deny = new TreeSet<>(some(GLOBS).stream().map(Glob::new).toList());
    return new Tools(otherwise, allow, random.nextBoolean() ? new TreeSet<>() : deny);
  }

  private <T> Set<T> some(List<T> of) {
    var some = new HashSet<T>();
    of.forEach(t -> {
      if (random.nextInt(3) == 0) {
        some.add(t);
      }
    });
    return some;
  }

  private static Tools tools(Tools.Otherwise otherwise, List<String> allow, List<String> deny) {
    return new Tools(
        otherwise,
        allow.stream().map(a -> new Tools.Allowed(new Glob(a), List.of())).toList(),
        new TreeSet<>(deny.stream().map(Glob::new).toList()));
  }
}
