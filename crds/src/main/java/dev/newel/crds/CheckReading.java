package dev.newel.crds;

import dev.newel.policy.Check;
import dev.newel.policy.Entity;
import dev.newel.policy.Glob;
import dev.newel.policy.Sensitivity;
import dev.newel.policy.compile.Problem;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the detector of a rule means: a check in the terms of the filter, or problems. */
final class CheckReading {
  /** The most characters of a word, as in the schema. */
  private static final int MAX_WORD = 256;

  private CheckReading() {}

  /** The rule's check; empty when problems were added. */
  static Optional<Check> of(RuleSpec spec, PolicyReading.Sources sources, List<Problem> problems) {
    if (spec.sensitive() != null) {
      return sensitive(spec, problems);
    }
    if (spec.words() != null) {
      return words(spec, sources, problems);
    }
    return Optional.of(plain(spec));
  }

  /** Checks that cannot be wrong here: what the compiler says of them is said later. */
  private static Check plain(RuleSpec spec) {
    if (spec.secrets() != null) {
      return new Check.Secrets();
    }
    if (spec.promptAttack() != null) {
      var check = spec.promptAttack();
      return new Check.PromptAttack(
          sensitivity(check.sensitivity()),
          Optional.ofNullable(check.depth()).orElse(Check.Depth.AUTO));
    }
    if (spec.leakage() != null) {
      var check = spec.leakage();
      return new Check.Leakage(
          !Boolean.FALSE.equals(check.systemPrompt()), !Boolean.FALSE.equals(check.canaries()));
    }
    if (spec.tools() != null) {
      return tools(spec.tools());
    }
    if (spec.content() != null) {
      var check = spec.content();
      return new Check.Content(
          check.categories() == null
              ? new TreeSet<>(EnumSet.allOf(Check.Category.class))
              : new TreeSet<>(check.categories()),
          sensitivity(check.sensitivity()));
    }
    return new Check.Pattern(spec.pattern().expressions());
  }

  private static Sensitivity sensitivity(Sensitivity written) {
    return Optional.ofNullable(written).orElse(Sensitivity.MEDIUM);
  }

  private static Check tools(ToolsCheck tools) {
    List<ToolsCheck.Allowed> allow = Optional.ofNullable(tools.allow()).orElse(List.of());
    List<String> deny = Optional.ofNullable(tools.deny()).orElse(List.of());
    return new Check.Tools(
        Optional.ofNullable(tools.otherwise()).orElse(Check.Tools.Otherwise.DENY),
        allow.stream()
            .map(a ->
                new Check.Tools.Allowed(
                    new Glob(a.name()),
                    Optional.ofNullable(a.arguments()).orElse(List.of()).stream()
                        .map(d -> new Check.Tools.Argument(d.path(), d.pattern()))
                        .toList()))
            .toList(),
        new TreeSet<>(deny.stream().map(Glob::new).toList()));
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

  private static Optional<Check> words(
      RuleSpec spec, PolicyReading.Sources sources, List<Problem> problems) {
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
    if (word.codePoints().noneMatch(CheckReading::isVisible)) {
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
