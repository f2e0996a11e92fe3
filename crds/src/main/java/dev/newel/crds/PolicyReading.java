package dev.newel.crds;

import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Entity;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Severity;
import dev.newel.policy.compile.PolicyCompiler;
import dev.newel.policy.compile.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a policy resource means: its rules in the terms of the filter, or why it means nothing. A
 * policy is taken whole or not at all, so that a mistake in one rule never opens another.
 *
 * @param policy present exactly when there is no problem
 * @param problems all that is wrong, in rule order
 */
public record PolicyReading(Optional<EffectivePolicy> policy, List<Problem> problems) {
  public PolicyReading {
    problems = List.copyOf(problems);
    if (policy.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("a reading is either a policy or problems");
    }
  }

  /** The most characters of a word, as in the schema. */
  private static final int MAX_WORD = 256;

  /** Content of a key of a ConfigMap; empty when either does not exist. */
  public interface Sources extends Function<RuleSpec.Source, Optional<String>> {}

  /**
   * Reads a policy.
   *
   * @param resource as the API server stores it
   * @param sources gives the word lists it names
   */
  public static PolicyReading of(GuardrailResource resource, Sources sources) {
    var problems = new ArrayList<Problem>();
    var rules = new ArrayList<Rule>();
    for (RuleSpec spec : resource.getSpec().rules()) {
      check(spec, sources, problems).map(c -> rule(resource, spec, c)).ifPresent(rules::add);
    }
    problems.addAll(PolicyCompiler.check(rules, resource.settings()));
    return problems.isEmpty()
        ? new PolicyReading(Optional.of(EffectivePolicy.of(rules, resource.settings())), List.of())
        : new PolicyReading(Optional.empty(), problems);
  }

  private static Rule rule(GuardrailResource resource, RuleSpec spec, Check check) {
    var policy = resource.getSpec();
    var said = policy.blockedMessage();
    var d = BlockedMessages.DEFAULT;
    return new Rule(
        new RuleId(resource.policyKind(), resource.getMetadata().getName(), spec.name()),
        Optional.ofNullable(spec.severity()).orElse(Severity.MEDIUM),
        check,
        Optional.ofNullable(spec.input()),
        Optional.ofNullable(spec.output()),
        Optional.ofNullable(policy.mode()).orElse(Mode.ENFORCE),
        policy.mask() == null || policy.mask().style() == null
            ? MaskStyle.LABEL
            : policy.mask().style(),
        new BlockedMessages(
            said == null || said.input() == null ? d.input() : said.input(),
            said == null || said.output() == null ? d.output() : said.output()),
        Boolean.TRUE.equals(policy.explain()));
  }

  private static Optional<Check> check(RuleSpec spec, Sources sources, List<Problem> problems) {
    if (spec.sensitive() != null) {
      return sensitive(spec, problems);
    }
    if (spec.words() != null) {
      return words(spec, sources, problems);
    }
    return Optional.of(new Check.Pattern(spec.pattern().expressions()));
  }

  private static Optional<Check> sensitive(RuleSpec spec, List<Problem> problems) {
    var known = new TreeSet<Entity>();
    for (String name : spec.sensitive().entities()) {
      Entity.of(name)
          .ifPresentOrElse(
              known::add,
              () ->
                  problems.add(
                      new Problem(
                          Problem.Code.UNKNOWN_ENTITY,
                          spec.name(),
                          "sensitive.entities",
                          name + " is not known; known are " + String.join(", ", Entity.names()))));
    }
    return known.isEmpty() ? Optional.empty() : Optional.of(new Check.Sensitive(known));
  }

  private static Optional<Check> words(RuleSpec spec, Sources sources, List<Problem> problems) {
    var values = new TreeSet<String>();
    Optional.ofNullable(spec.words().values()).ifPresent(values::addAll);
    RuleSpec.Source from = spec.words().from();
    if (from != null) {
      Optional<String> text = sources.apply(from);
      if (text.isEmpty()) {
        problems.add(
            new Problem(
                Problem.Code.SOURCE_NOT_FOUND,
                spec.name(),
                "words.from",
                "ConfigMap %s has no key %s, or does not exist; create it or change words.from"
                    .formatted(from.configMap(), from.key())));
        return Optional.empty();
      }
      values.addAll(lines(text.get()));
    }
    if (values.isEmpty()) {
      problems.add(
          new Problem(
              Problem.Code.SOURCE_NOT_FOUND,
              spec.name(),
              "words.from",
              "key %s of ConfigMap %s holds no word; write one a line"
                  .formatted(from.key(), from.configMap())));
      return Optional.empty();
    }
    int before = problems.size();
    values.forEach(word -> judge(word, spec, problems));
    if (problems.size() > before) {
      return Optional.empty();
    }
    return Optional.of(
        new Check.Words(
            values, Optional.ofNullable(spec.words().match()).orElse(Check.WordMatch.WORD)));
  }

  /** What the schema refuses in the policy itself is refused from a ConfigMap, too. */
  private static void judge(String word, RuleSpec spec, List<Problem> problems) {
    int length = word.codePointCount(0, word.length());
    if (length > MAX_WORD) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              spec.name(),
              "words",
              "the entry that begins with %s has %d characters; the most is %d; shorten it"
                  .formatted(word.substring(0, word.offsetByCodePoints(0, 20)), length, MAX_WORD)));
    }
    if (word.codePoints().noneMatch(PolicyReading::isVisible)) {
      problems.add(
          new Problem(
              Problem.Code.INVALID_PATTERN,
              spec.name(),
              "words",
              "an entry has only characters that nobody sees (%s) and would never match; remove it"
                  .formatted(
                      word.codePoints()
                          .limit(4)
                          .mapToObj("U+%04X"::formatted)
                          .collect(Collectors.joining(" ")))));
    }
  }

  /** The filter drops format characters before it compares; marks and spaces alone are no word. */
  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK ->
          false;
      default -> true;
    };
  }

  /** One word a line; editors on Windows put a byte order mark first. */
  private static Collection<String> lines(String text) {
    return (text.startsWith("\uFEFF") ? text.substring(1) : text)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }
}
