package dev.newel.filter.protocol;

import dev.newel.filter.Engine;
import dev.newel.filter.TooManyFindingsException;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Conversation;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.policy.OnFailure;
import dev.newel.policy.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Judges whole documents: requests, and answers that are not streamed. */
public final class Inspector {
  private final Engine engine;
  private final Api api;
  private final BiConsumer<Uninspectable, Long> uninspected;
  private Conversation conversation = Conversation.NONE;

  /**
   * An inspector for one request.
   *
   * @param uninspected is told of every byte that passes without having been looked at
   */
  public Inspector(Engine engine, Api api, BiConsumer<Uninspectable, Long> uninspected) {
    this.engine = engine;
    this.api = api;
    this.uninspected = uninspected;
  }

  /**
   * A decided document.
   *
   * @param body what may be passed on; empty when it is stopped
   * @param document its parts; empty when it could not be parsed
   */
  public record Decided(Verdict verdict, Optional<byte[]> body, Optional<Document> document) {}

  /** What the answer to the request that was inspected must not give away. */
  public Conversation conversation() {
    return conversation;
  }

  /** Judges a request or an answer. */
  public Decided inspect(byte[] body, Direction direction) {
    Document document;
    try {
      document = Document.parse(body, api, direction);
    } catch (Document.MalformedException e) {
      return uninspectable(body, Uninspectable.MALFORMED, direction);
    }
    if (!document.uninspectable().isEmpty()
        && engine.settings().onUninspectable() == OnFailure.BLOCK) {
      return refuse(refusal(document.uninspectable().keySet().iterator().next()), direction);
    }
    document.uninspectable().forEach(uninspected);
    try {
      return judge(document, direction);
    } catch (RuntimeException | StackOverflowError e) {
      if (engine.settings().onError() == OnFailure.BLOCK) {
        return refuse(
            new Verdict.Refusal(
                "detector_error", "The text could not be judged.", Optional.empty()),
            direction);
      }
      uninspected.accept(Uninspectable.MALFORMED, (long) body.length);
      return new Decided(
          new Verdict(direction, Action.ALLOW, List.of(), 0, Optional.empty()),
          Optional.of(body),
          Optional.of(document));
    }
  }

  /** What is done with a body that cannot be looked at at all. */
  public Decided uninspectable(byte[] body, Uninspectable reason, Direction direction) {
    if (engine.settings().onUninspectable() == OnFailure.BLOCK) {
      return refuse(refusal(reason), direction);
    }
    uninspected.accept(reason, (long) body.length);
    return new Decided(
        new Verdict(direction, Action.ALLOW, List.of(), 0, Optional.empty()),
        Optional.of(body),
        Optional.empty());
  }

  private Origin origin(Part part, Direction direction) {
    return direction == Direction.OUTPUT
        ? new Origin(part, direction, conversation)
        : new Origin(part, direction);
  }

  private static Conversation conversation(Document request) {
    var system = new ArrayList<String>();
    var known = new ArrayList<String>();
    for (TextPart text : request.texts()) {
      switch (text.part()) {
        case SYSTEM -> system.add(text.value());
        case USER, TOOL_RESULT -> known.add(text.value());
        case ASSISTANT, TOOL_CALL -> {}
      }
    }
    return Conversation.of(system, known);
  }

  private Decided judge(Document document, Direction direction) {
    if (direction == Direction.INPUT && engine.asksForConversation()) {
      conversation = conversation(document);
    }
    var findings = new ArrayList<Finding>();
    Map<TextPart, List<Finding>> alone = new HashMap<>();
    Map<TextPart, List<Sweep.Edit>> edits = new HashMap<>();
    List<TextPart> texts = document.texts().stream().filter(t -> engine.looksAt(t.part())).toList();
    long inspected = 0;
    for (TextPart text : texts) {
      inspected += text.end() - text.start();
      List<Finding> found = engine.find(text.value(), origin(text.part(), direction));
      findings.addAll(found);
      TooManyFindingsException.check(findings.size());
      alone.put(text, found);
      edits.put(text, Sweep.edits(found, 0, text.value().length(), engine.masker()));
    }
    for (AdjacentTexts adjacent : AdjacentTexts.of(texts)) {
      List<Finding> across =
          adjacent.across(engine, origin(adjacent.origin(direction).part(), direction));
      if (!across.isEmpty()) {
        findings.addAll(across);
        edits.putAll(adjacent.edits(across, alone, engine));
      }
    }
    ToolUses.Judged tools = ToolUses.judge(document.json(), api, engine.tools(), direction);
    findings.addAll(tools.findings());
    var further = new ArrayList<>(tools.patches());
    further.addAll(withoutLogprobs(document, engine, direction, uninspected));
    Action action = findings.stream().map(Finding::action).reduce(Action.ALLOW, Action::join);
    Optional<Verdict.Refusal> refusal =
        findings.stream()
            .filter(f -> f.action() == Action.BLOCK)
            .findFirst()
            .map(f -> refusal(f, direction));
    var verdict = new Verdict(direction, action, findings, inspected, refusal);
    return new Decided(
        verdict,
        refusal.isPresent() ? Optional.empty() : Optional.of(document.edit(edits, further)),
        Optional.of(document));
  }

  /**
   * What takes the probabilities of tokens away where a rule could have changed the text that they
   * repeat; where none could, they pass unseen.
   */
  static List<Patch> withoutLogprobs(
      Document document,
      Engine engine,
      Direction direction,
      BiConsumer<Uninspectable, Long> uninspected) {
    if (engine.acts(direction)) {
      return document.withoutLogprobs();
    }
    document
        .logprobs()
        .forEach(p -> uninspected.accept(Uninspectable.LOGPROBS, (long) p.end() - p.start()));
    return List.of();
  }

  private static Decided refuse(Verdict.Refusal refusal, Direction direction) {
    return new Decided(
        new Verdict(direction, Action.BLOCK, List.of(), 0, Optional.of(refusal)),
        Optional.empty(),
        Optional.empty());
  }

  static Verdict.Refusal refusal(Uninspectable reason) {
    return new Verdict.Refusal("uninspectable", reason.message(), Optional.empty());
  }

  /** What the client is told of a rule that stops it. */
  static Verdict.Refusal refusal(Finding finding, Direction direction) {
    return new Verdict.Refusal(
        "policy",
        finding.rule().messages().of(direction),
        Optional.of(finding.rule().id().toString()).filter(_ -> finding.rule().explain()));
  }
}
