package dev.newel.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;

/** Policies from few names and checks, so that they collide in every way. */
public final class RandomPolicies {
  private static final List<Check> CHECKS =
      List.of(
          Rules.sensitive(Entity.EMAIL),
          Rules.sensitive(Entity.values()),
          Rules.words("aurora", "borealis"),
          Rules.words("\"quoted\\\"", "tab\there", "\u20ac\ud83d\ude00\u0080", "</script>"),
          new Check.Words(new TreeSet<>(List.of("aurora")), Check.WordMatch.SUBSTRING),
          Rules.pattern("[0-9]{6}-X"),
          Rules.pattern("b", "a"),
          new Check.Secrets(),
          new Check.PromptAttack(Sensitivity.LOW, Check.Depth.DEEP),
          new Check.PromptAttack(Sensitivity.HIGH, Check.Depth.DEEP),
          new Check.Leakage(true, false),
          new Check.Leakage(true, true),
          Rules.tools(Check.Tools.Otherwise.DENY, "mail_*", "*"),
          Rules.tools(Check.Tools.Otherwise.ALLOW, "mail_send", "shell"),
          new Check.Content(new TreeSet<>(List.of(Check.Category.HATE)), Sensitivity.LOW),
          new Check.Content(
              new TreeSet<>(EnumSet.allOf(Check.Category.class)), Sensitivity.MEDIUM));

  private final Random random;

  /** Prints the seed; {@code -Dnewel.seed} sets it. */
  public RandomPolicies(long seed) {
    long used = Long.getLong("newel.seed", seed);
    System.out.println("seed " + used);
    this.random = new Random(used);
  }

  public static List<Check> checks() {
    return CHECKS;
  }

  public EffectivePolicy next() {
    var rules = new ArrayList<Rule>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      rules.add(rule());
    }
    return EffectivePolicy.of(rules, settings());
  }

  public List<EffectivePolicy> list() {
    var policies = new ArrayList<EffectivePolicy>();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      policies.add(next());
    }
    return policies;
  }

  public Random random() {
    return random;
  }

  private Rule rule() {
    var input = random.nextInt(3) == 0 ? null : one(Action.values());
    var output = input != null && random.nextInt(3) == 0 ? null : one(Action.values());
    return new Rule(
        new RuleId(one(PolicyKind.values()), one("base", "team"), one("a", "b", "c")),
        one(Severity.values()),
        CHECKS.get(random.nextInt(CHECKS.size())),
        Optional.ofNullable(input),
        Optional.ofNullable(output),
        one(Mode.values()),
        one(MaskStyle.values()),
        one(BlockedMessages.DEFAULT, new BlockedMessages("\u0001 no", "\ud83d\ude00 \"no\"\r\n")),
        random.nextBoolean());
  }

  private Settings settings() {
    var scope = EnumSet.of(one(Part.values()));
    scope.add(one(Part.values()));
    return new Settings(
        scope, 16 + random.nextInt(4081), one(OnFailure.values()), one(OnFailure.values()));
  }

  @SafeVarargs
  private <T> T one(T... values) {
    return values[random.nextInt(values.length)];
  }
}
