package dev.newel.filter;

import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Masker;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Block;
import dev.newel.filter.detect.Detector;
import dev.newel.filter.detect.Detectors;
import dev.newel.filter.detect.Match;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.detect.Window;
import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import dev.newel.filter.text.Views;
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
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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

  /**
   * Whether some rule looks for tokens, for which the {@link Block} matters in which they stand.
   */
  private final boolean tokens;

  /** Every view that some rule wants. */
  private final Set<View> views = EnumSet.of(View.PLAIN);

  private Engine(EffectivePolicy policy, List<Compiled> rules, Masker masker) {
    this.policy = policy;
    this.rules = rules;
    this.masker = masker;
    this.tokens = rules.stream().anyMatch(c -> c.rule().check() instanceof Check.Secrets);
    rules.forEach(c -> views.addAll(c.detector().views()));
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
   * How many characters of a view of a stream must be known behind a position before it is certain
   * that no acting match begins there: the longest match of an acting rule and what it looks ahead.
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

  /** Whether a rule wants to know what the conversation's system prompt is. */
  public boolean asksForConversation() {
    return rules.stream().anyMatch(c -> c.rule().check() instanceof Check.Leakage);
  }

  /** Whether texts of this part are looked at. */
  public boolean looksAt(Part part) {
    return policy.settings().scope().contains(part);
  }

  /**
   * The position of a text's beginning before which every acting match is certain, whatever comes.
   */
  public int decidedBefore(Views text, Direction direction) {
    int position = text.plain().original().length();
    for (Compiled c : rules) {
      if (acts(c.rule(), direction)) {
        int need = c.detector().maxLength() + c.detector().lookAhead();
        position = Math.min(position, text.decidedBefore(c.detector().views(), need));
      }
    }
    return position;
  }

  /** From where on a text must be kept to find all that begins at or behind a position. */
  public int contextStart(Views text, int position) {
    return text.contextStart(
        views,
        position,
        (view, index) -> (tokens ? Block.start(view.text(), index) : index) - Detector.LOOK_BEHIND);
  }

  /** All findings of a whole text; throws as {@link #find(Views, Origin, int, int)}. */
  public List<Finding> find(String text, Origin origin) {
    return find(Views.of(text), origin, 0, text.length());
  }

  /**
   * All findings that begin in {@code [from, to)} of the original.
   *
   * @throws RuntimeException when a detector fails or runs out of time: see {@code onError}
   */
  public List<Finding> find(Views text, Origin origin, int from, int to) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    var findings = new ArrayList<Finding>();
    for (Compiled c : rules) {
      Optional<Action> action = c.rule().action(origin.direction()).filter(a -> a != Action.ALLOW);
      if (action.isPresent()) {
        findings.addAll(find(c, action.get(), text, new Window(from, to, origin, deadline)));
        TooManyFindingsException.check(findings.size());
      }
    }
    findings.sort(
        Comparator.comparingInt(Finding::start)
            .thenComparing(Comparator.comparingInt(Finding::end).reversed())
            .thenComparing(f -> f.rule().id()));
    return findings;
  }

  /** What one rule finds: each span once, in the first view that shows it. */
  private static Collection<Finding> find(Compiled c, Action action, Views text, Window original) {
    var findings = new LinkedHashMap<List<Object>, Finding>();
    for (NormalizedText view : text.texts(c.detector().views())) {
      int from = view.indexAt(original.from());
      int to = view.indexAt(original.to());
      if (from == to) {
        continue;
      }
      var window = new Window(from, to, original.origin(), original.deadline());
      for (Match match : c.detector().detect(view, window)) {
        if (view.accepts(match.start(), match.end())) {
          Finding finding = finding(c, action, match, view);
          findings.putIfAbsent(List.of(finding.start(), finding.end(), finding.entity()), finding);
        }
      }
      TooManyFindingsException.check(findings.size());
    }
    return findings.values();
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
        text.viewName(),
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
    List<Finding> findings = find(text, origin);
    Action action = findings.stream().map(Finding::action).reduce(Action.ALLOW, Action::join);
    if (action == Action.BLOCK) {
      return new Judgement(action, Optional.empty(), findings);
    }
    List<Sweep.Edit> edits = Sweep.edits(findings, 0, text.length(), masker);
    return new Judgement(action, Optional.of(Sweep.apply(text, edits)), findings);
  }
}
