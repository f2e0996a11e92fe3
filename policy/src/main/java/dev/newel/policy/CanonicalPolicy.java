package dev.newel.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The canonical form of an effective policy: the bytes that are hashed into the revision and signed
 * in a bundle. Its shape is versioned by {@link #VERSION}; any change to it changes every revision.
 */
public final class CanonicalPolicy {
  public static final int VERSION = 1;

  private CanonicalPolicy() {}

  /** RFC 8785 JSON in UTF-8. */
  public static byte[] bytes(EffectivePolicy policy) {
    return CanonicalJson.write(tree(policy)).getBytes(UTF_8);
  }

  static String revision(EffectivePolicy policy) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes(policy));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static String rule(Rule rule) {
    return CanonicalJson.write(ruleTree(rule));
  }

  /**
   * The same content as maps, lists, strings, booleans and {@code Long}s: what JsonReader gives.
   */
  public static Map<String, Object> tree(EffectivePolicy policy) {
    Settings s = policy.settings();
    return Map.of(
        "version",
        (long) VERSION,
        "rules",
        policy.rules().stream().map(CanonicalPolicy::ruleTree).toList(),
        "settings",
        Map.of(
            "scope", s.scope().stream().map(Enum::name).sorted().toList(),
            "maxHoldBack", (long) s.maxHoldBack(),
            "onUninspectable", s.onUninspectable().name(),
            "onError", s.onError().name()));
  }

  private static Map<String, Object> ruleTree(Rule rule) {
    var out = new LinkedHashMap<String, Object>();
    out.put("id", rule.id().toString());
    out.put("severity", rule.severity().name());
    out.put(rule.check().detector(), checkTree(rule.check()));
    rule.input().ifPresent(a -> out.put("input", a.name()));
    rule.output().ifPresent(a -> out.put("output", a.name()));
    out.put("mode", rule.mode().name());
    out.put("mask", rule.mask().name());
    out.put(
        "messages", Map.of("input", rule.messages().input(), "output", rule.messages().output()));
    out.put("explain", rule.explain());
    return out;
  }

  private static Map<String, Object> checkTree(Check check) {
    return switch (check) {
      case Check.Sensitive c -> Map.of("entities", c.entities().stream().map(Enum::name).toList());
      case Check.Words c -> Map.of("values", List.copyOf(c.values()), "match", c.match().name());
      case Check.Pattern c -> Map.of("expressions", c.expressions());
      case Check.Secrets _ -> Map.of();
      case Check.PromptAttack c ->
          Map.of("sensitivity", c.sensitivity().name(), "depth", c.depth().name());
      case Check.Leakage c -> Map.of("systemPrompt", c.systemPrompt(), "canaries", c.canaries());
      case Check.Tools c ->
          Map.of(
              "otherwise", c.otherwise().name(),
              "allow", c.allow().stream().map(CanonicalPolicy::allowedTree).toList(),
              "deny", c.deny().stream().map(Glob::pattern).toList());
      case Check.Content c ->
          Map.of(
              "categories", c.categories().stream().map(Enum::name).toList(),
              "sensitivity", c.sensitivity().name());
    };
  }

  private static Map<String, Object> allowedTree(Check.Tools.Allowed allowed) {
    return Map.of(
        "name",
        allowed.name().pattern(),
        "arguments",
        allowed.arguments().stream()
            .map(a -> Map.of("path", a.path(), "pattern", a.pattern()))
            .toList());
  }

  /**
   * The inverse of {@link #tree}.
   *
   * @throws IllegalArgumentException when the tree is of another version or shape
   */
  public static EffectivePolicy parse(Map<?, ?> tree) {
    if (!Long.valueOf(VERSION).equals(tree.get("version"))) {
      throw new IllegalArgumentException(
          "policy version is " + tree.get("version") + "; this build reads " + VERSION);
    }
    try {
      var settings = (Map<?, ?>) tree.get("settings");
      return EffectivePolicy.of(
          ((List<?>) tree.get("rules")).stream().map(r -> parseRule((Map<?, ?>) r)).toList(),
          new Settings(
              new TreeSet<>(strings(settings.get("scope")).stream().map(Part::valueOf).toList()),
              Math.toIntExact((Long) settings.get("maxHoldBack")),
              OnFailure.valueOf((String) settings.get("onUninspectable")),
              OnFailure.valueOf((String) settings.get("onError"))));
    } catch (ClassCastException | NullPointerException | ArithmeticException e) {
      throw new IllegalArgumentException("the policy has an unknown shape", e);
    }
  }

  private static Rule parseRule(Map<?, ?> tree) {
    var messages = (Map<?, ?>) tree.get("messages");
    return new Rule(
        RuleId.parse((String) tree.get("id")),
        Severity.valueOf((String) tree.get("severity")),
        parseCheck(tree),
        Optional.ofNullable((String) tree.get("input")).map(Action::valueOf),
        Optional.ofNullable((String) tree.get("output")).map(Action::valueOf),
        Mode.valueOf((String) tree.get("mode")),
        MaskStyle.valueOf((String) tree.get("mask")),
        new BlockedMessages((String) messages.get("input"), (String) messages.get("output")),
        (Boolean) tree.get("explain"));
  }

  private static Check parseCheck(Map<?, ?> rule) {
    if (rule.get("sensitive") instanceof Map<?, ?> c) {
      return new Check.Sensitive(
          new TreeSet<>(strings(c.get("entities")).stream().map(Entity::valueOf).toList()));
    }
    if (rule.get("words") instanceof Map<?, ?> c) {
      return new Check.Words(
          new TreeSet<>(strings(c.get("values"))),
          Check.WordMatch.valueOf((String) c.get("match")));
    }
    if (rule.get("pattern") instanceof Map<?, ?> c) {
      return new Check.Pattern(strings(c.get("expressions")));
    }
    if (rule.get("secrets") instanceof Map<?, ?> c && c.isEmpty()) {
      return new Check.Secrets();
    }
    if (rule.get("promptAttack") instanceof Map<?, ?> c) {
      return new Check.PromptAttack(
          Sensitivity.valueOf((String) c.get("sensitivity")),
          Check.Depth.valueOf((String) c.get("depth")));
    }
    if (rule.get("leakage") instanceof Map<?, ?> c) {
      return new Check.Leakage((Boolean) c.get("systemPrompt"), (Boolean) c.get("canaries"));
    }
    if (rule.get("tools") instanceof Map<?, ?> c) {
      return new Check.Tools(
          Check.Tools.Otherwise.valueOf((String) c.get("otherwise")),
          ((List<?>) c.get("allow")).stream().map(a -> parseAllowed((Map<?, ?>) a)).toList(),
          new TreeSet<>(strings(c.get("deny")).stream().map(Glob::new).toList()));
    }
    if (rule.get("content") instanceof Map<?, ?> c) {
      return new Check.Content(
          new TreeSet<>(
              strings(c.get("categories")).stream().map(Check.Category::valueOf).toList()),
          Sensitivity.valueOf((String) c.get("sensitivity")));
    }
    throw new IllegalArgumentException("rule " + rule.get("id") + " has no check known here");
  }

  private static Check.Tools.Allowed parseAllowed(Map<?, ?> tree) {
    return new Check.Tools.Allowed(
        new Glob((String) tree.get("name")),
        ((List<?>) tree.get("arguments"))
            .stream()
                .map(a -> (Map<?, ?>) a)
                .map(a ->
                    new Check.Tools.Argument((String) a.get("path"), (String) a.get("pattern")))
                .toList());
  }

  private static List<String> strings(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).toList();
  }
}
