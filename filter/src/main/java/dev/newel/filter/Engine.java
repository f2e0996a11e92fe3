package dev.newel.filter;

import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Masker;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Detector;
import dev.newel.filter.detect.Detectors;
import dev.newel.filter.detect.Match;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.detect.Window;
import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.tools.ToolRules;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Part;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An effective policy, compiled: judges texts. Immutable and safe for many threads; compiling costs
 * time in proportion to the policy, judging does not allocate more than the text is long.
 */
public final class Engine {
  /** How long all detectors together may take for one text. */
  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private record Compiled(Rule rule, Detector detector) {}

  private final EffectivePolicy policy;
  private final List<Compiled> rules;
  private final Masker masker;
  private final ToolRules tools;

  private Engine(EffectivePolicy policy, List<Compiled> rules, Masker masker) {
    this.policy = policy;
    this.rules = rules;
    this.masker = masker;
    this.tools = ToolRules.of(policy);
  }

  /**
   * Compiles a policy; equal checks share one detector.
   *
   * @param maskKey key of the Hash mask style, 16 bytes or more
   * @throws IllegalArgumentException when a check cannot be compiled
   */
  public static Engine compile(EffectivePolicy policy, byte[] maskKey) {
    Map<Check, Detector> detectors = new HashMap<>();
    List<Compiled> rules =
        policy.rules().stream()
            .filter(r -> !(r.check() instanceof Check.Tools))
            .map(r -> new Compiled(r, detectors.computeIfAbsent(r.check(), Detectors::of)))
            .toList();
    return new Engine(policy, rules, new Masker(maskKey));
  }

  public EffectivePolicy policy() {
    return policy;
  }

  public Masker masker() {
    return masker;
  }

  /** The rules on which tools may be called: they judge calls and not texts. */
  public ToolRules tools() {
    return tools;
  }

  public Settings settings() {
    return policy.settings();
  }

  /**
   * How many characters of a stream must be known behind a position before it is certain that no
   * acting match begins there: the longest match of an acting rule and what it looks ahead.
   */
  public int holdBack(Direction direction) {
    return rules.stream()
        .filter(c -> acts(c.rule(), direction))
        .mapToInt(c -> c.detector().maxLength() + c.detector().lookAhead())
        .max()
        .orElse(0);
  }

  private static boolean acts(Rule rule, Direction direction) {
    return rule.action(direction).filter(a -> a.compareTo(Action.MASK) >= 0).isPresent();
  }

  /** Whether anything can be masked or blocked in this direction. */
  public boolean acts(Direction direction) {
    return rules.stream().anyMatch(c -> acts(c.rule(), direction));
  }

  /** Whether texts of this part are looked at. */
  public boolean looksAt(Part part) {
    return policy.settings().scope().contains(part);
  }

  /**
   * All findings that begin in {@code [from, to)} of the normalised text.
   *
   * @throws RuntimeException when a detector fails or runs out of time: see {@code onError}
   */
  public List<Finding> find(NormalizedText text, Origin origin, int from, int to) {
    var window = new Window(from, to, origin, System.nanoTime() + DEADLINE.toNanos());
    var findings = new ArrayList<Finding>();
    for (Compiled c : rules) {
      Optional<Action> action = c.rule().action(origin.direction()).filter(a -> a != Action.ALLOW);
      if (action.isPresent()) {
        List<Match> matches = c.detector().detect(text, window);
        TooManyFindingsException.check(findings.size() + matches.size());
        for (Match match : matches) {
          findings.add(finding(c, action.get(), match, text));
        }
      }
    }
    findings.sort(
        Comparator.comparingInt(Finding::start)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed())
            .thenComparing(f -> f.rule().id()));
    return findings;
  }

  private static Finding finding(Compiled c, Action action, Match match, NormalizedText text) {
    String entity =
        switch (c.rule().check()) {
          case Check.Words _, Check.Pattern _ -> c.rule().id().rule().toUpperCase(Locale.ROOT);
          default -> match.entity();
        };
    return new Finding(
        c.rule(),
        action,
        c.detector().name(),
        entity,
        text.originalStart(match.start()),
        text.originalEnd(match.end()),
        match.score(),
        text.text().substring(match.start(), match.end()));
  }

  /**
   * What is to be done with a text.
   *
   * @param action the strongest action of all findings; ALLOW when there is none
   * @param masked the text after masking; empty when the action is BLOCK
   * @param findings all of them, by position
   */
  public record Judgement(Action action, Optional<String> masked, List<Finding> findings) {
    /** The finding that stops the text: the first by position and rule. */
    public Optional<Finding> blocking() {
      return findings.stream().filter(f -> f.action() == Action.BLOCK).findFirst();
    }
  }

  /** Judges a whole text. */
  public Judgement judge(String text, Origin origin) {
    var normalized = NormalizedText.of(text);
    List<Finding> findings = find(normalized, origin, 0, normalized.length());
    Action action = findings.stream().map(Finding::action).reduce(Action.ALLOW, Action::join);
    if (action == Action.BLOCK) {
      return new Judgement(action, Optional.empty(), findings);
    }
    List<Sweep.Edit> edits = Sweep.edits(findings, 0, text.length(), masker);
    return new Judgement(action, Optional.of(Sweep.apply(text, edits)), findings);
  }
}
