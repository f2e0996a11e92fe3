package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.Engine;
import dev.newel.filter.TooManyFindingsException;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Conversation;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.protocol.StreamGrammar.Place;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.policy.OnFailure;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/**
 * Judges a streamed answer. Each text that grows over the events (the content of a choice, the
 * arguments of a tool call) has a window of its own; events keep their frame and their order, only
 * the texts in them are held back and masked. What an API's events mean says its {@link
 * StreamGrammar}.
 */
public final class AnswerStream {
  private static final String NUMBER = "/sequence_number";

  private final Engine engine;
  private final Conversation conversation;
  private final Api api;
  private final StreamGrammar grammar;
  private final BiConsumer<Uninspectable, Long> uninspected;
  private final String requestId;
  private final SseSplitter splitter = new SseSplitter();
  private final GrowingTexts texts;
  private final List<Finding> findings = new ArrayList<>();
  private long inspected;
  private Optional<Verdict.Refusal> refusal = Optional.empty();
  private boolean done;

  /** The number of the last event that went out, where the API numbers them. */
  private long number = -1;

  private final Optional<ToolGate> gate;

  /** An answer of a conversation of which nothing is known. */
  public AnswerStream(
      Engine engine, Api api, String requestId, BiConsumer<Uninspectable, Long> uninspected) {
    this(engine, api, requestId, Conversation.NONE, uninspected);
  }

  /**
   * An answer that is about to come.
   *
   * @param conversation as {@link Inspector#conversation} knows it from the request
   * @param uninspected is told of every byte that passes without having been looked at
   */
  public AnswerStream(
      Engine engine,
      Api api,
      String requestId,
      Conversation conversation,
      BiConsumer<Uninspectable, Long> uninspected) {
    this.engine = engine;
    this.conversation = conversation;
    this.api = api;
    this.grammar = api.grammar();
    this.gate = ToolGate.of(api, engine.tools());
    this.texts = new GrowingTexts(engine, conversation);
    this.requestId = requestId;
    this.uninspected = uninspected;
  }

  /** Whether nothing more may be written: the answer was stopped or has ended. */
  public boolean isDone() {
    return done;
  }

  /** How many characters are held back at most in one of the texts. */
  public int held() {
    return texts.held();
  }

  /** What was decided so far. */
  public Verdict verdict() {
    Action action =
        refusal.isPresent()
            ? Action.BLOCK
            : findings.stream().map(Finding::action).reduce(Action.ALLOW, Action::join);
    return new Verdict(Direction.OUTPUT, action, findings, inspected, refusal);
  }

  /** Takes bytes from the model and gives the bytes that may go to the client. */
  public byte[] add(byte[] bytes) {
    var out = new ByteArrayOutputStream(bytes.length + 64);
    try {
      for (byte[] event : splitter.add(bytes)) {
        if (!done) {
          event(event, out);
        }
      }
    } catch (RuntimeException | StackOverflowError e) {
      failed(out);
    }
    return out.toByteArray();
  }

  /** The model has ended: what is held back is decided. */
  public byte[] end() {
    var out = new ByteArrayOutputStream();
    if (!done) {
      try {
        byte[] rest = splitter.rest();
        if (!SseSplitter.isBlank(rest)) {
          event((new String(rest, UTF_8) + "\n\n").getBytes(UTF_8), out);
        }
        finish(out);
      } catch (RuntimeException | StackOverflowError e) {
        failed(out);
      }
      done = true;
    }
    return out.toByteArray();
  }

  /**
   * Whatever the policy says of errors: what has been held back cannot be told apart from what has
   * gone out, so ending is all that is left.
   */
  private void failed(ByteArrayOutputStream out) {
    stop(
        new Verdict.Refusal("detector_error", "The answer could not be judged.", Optional.empty()),
        out);
  }

  private void event(byte[] event, ByteArrayOutputStream out) {
    Optional<String> data = SseSplitter.data(event);
    if (data.isEmpty()) {
      out.writeBytes(event);
      return;
    }
    if (data.get().strip().equals("[DONE]")) {
      finish(out);
      if (!done) {
        out.writeBytes(event);
        done = true;
      }
      return;
    }
    byte[] json = data.get().getBytes(UTF_8);
    parse(event, json, out)
        .ifPresent(document -> {
          if (gate.isEmpty()) {
            judge(document, event, out);
          } else {
            open(gate.get().add(new ToolGate.Passing(event, json)), out);
          }
        });
  }

  /** Empty when there is nothing to judge: it was stopped, or passes unseen. */
  private Optional<Document> parse(byte[] event, byte[] json, ByteArrayOutputStream out) {
    Document document;
    try {
      document = Document.parse(json, api, Direction.OUTPUT);
    } catch (Document.MalformedException e) {
      uninspectable(Uninspectable.MALFORMED, event, out);
      return Optional.empty();
    }
    if (!grammar.isReadable(document)) {
      uninspectable(Uninspectable.CONTENT_TYPE, event, out);
      return Optional.empty();
    }
    if (!document.uninspectable().isEmpty()
        && engine.settings().onUninspectable() == OnFailure.BLOCK) {
      stop(Inspector.refusal(document.uninspectable().keySet().iterator().next()), out);
      return Optional.empty();
    }
    document.uninspectable().forEach(uninspected);
    return Optional.of(document);
  }

  /** Judges events that calls of tools have held. */
  private void open(ToolGate.Opened opened, ByteArrayOutputStream out) {
    found(opened.findings());
    Optional<Finding> blocked =
        opened.findings().stream().filter(f -> f.action() == Action.BLOCK).findFirst();
    if (blocked.isPresent()) {
      stop(Inspector.refusal(blocked.get(), Direction.OUTPUT), out);
      return;
    }
    for (ToolGate.Passing event : opened.events()) {
      if (!done) {
        judge(again(event.data()), event.event(), out);
      }
    }
  }

  private Document again(byte[] json) {
    try {
      return Document.parse(json, api, Direction.OUTPUT);
    } catch (Document.MalformedException e) {
      throw new IllegalStateException("it was well formed when it came", e);
    }
  }

  /** What is held is decided, because nothing more comes. */
  private void finish(ByteArrayOutputStream out) {
    gate.ifPresent(g -> open(g.end(), out));
    if (!done) {
      flush(_ -> true, out);
    }
  }

  private void uninspectable(Uninspectable reason, byte[] event, ByteArrayOutputStream out) {
    if (engine.settings().onUninspectable() == OnFailure.BLOCK) {
      stop(Inspector.refusal(reason), out);
    } else {
      uninspected.accept(reason, (long) event.length);
      out.writeBytes(event);
    }
  }

  /** A piece of a growing text that is decided and not yet written. */
  private record Decided(TextPart text, Place place, String written) {}

  private void judge(Document document, byte[] event, ByteArrayOutputStream out) {
    Predicate<Place> ends = grammar.ends(document);
    List<Decided> decided = new ArrayList<>();
    List<Patch> patches = new ArrayList<>();
    for (TextPart text : document.texts()) {
      if (!engine.looksAt(text.part())) {
        continue;
      }
      inspected += text.end() - text.start();
      Optional<Place> place = grammar.grows(document, text);
      Optional<Finding> blocked;
      if (place.isPresent()) {
        var piece = texts.add(document, text, place.get(), ends.test(place.get()));
        found(piece.findings());
        decided.add(new Decided(text, place.get(), piece.written()));
        patches.add(text.replaced(document.json(), piece.written()));
        blocked = piece.blocked();
      } else {
        blocked = whole(document, text, patches);
      }
      if (blocked.isPresent()) {
        decided.forEach(d -> carry(document, d.text(), d.place(), d.written(), out));
        stop(Inspector.refusal(blocked.get(), Direction.OUTPUT), out);
        return;
      }
    }
    // What a text still holds back comes before the event that ends it.
    flush(ends, out);
    if (!done) {
      write(document, event, patches, out);
    }
  }

  /** A text that does not go on in later events. */
  private Optional<Finding> whole(Document document, TextPart text, List<Patch> patches) {
    Engine.Judgement judged =
        engine.judge(text.value(), new Origin(text.part(), Direction.OUTPUT, conversation));
    found(judged.findings());
    List<Sweep.Edit> edits =
        Sweep.edits(judged.findings(), 0, text.value().length(), engine.masker());
    if (!edits.isEmpty()) {
      patches.add(text.patch(document.json(), edits));
    }
    return judged.blocking();
  }

  private void write(
      Document document, byte[] event, List<Patch> patches, ByteArrayOutputStream out) {
    if (!document.logprobs().isEmpty()) {
      patches.addAll(Inspector.withoutLogprobs(document, engine, Direction.OUTPUT, uninspected));
    }
    Document.Scalar said = document.scalars().get(NUMBER);
    if (said != null) {
      // Events that are made here or taken out leave no gap.
      number = number < 0 ? Long.parseLong(said.value()) : number + 1;
      if (number != Long.parseLong(said.value())) {
        patches.add(new Patch(said.start(), said.end(), Long.toString(number).getBytes(UTF_8)));
      }
    }
    grammar.seen(document);
    out.writeBytes(
        patches.isEmpty()
            ? event
            : SseSplitter.withData(event, Patch.apply(document.json(), patches)));
    done = grammar.isLast(document);
  }

  /** Gives out what was held back, each text in the frame of its last event. */
  private void flush(Predicate<Place> which, ByteArrayOutputStream out) {
    for (GrowingTexts.Rest rest : texts.end(which)) {
      found(rest.piece().findings());
      carry(rest.template(), rest.text(), rest.place(), rest.piece().written(), out);
      if (rest.piece().blocked().isPresent()) {
        stop(Inspector.refusal(rest.piece().blocked().get(), Direction.OUTPUT), out);
        return;
      }
    }
  }

  private void found(List<Finding> more) {
    findings.addAll(more);
    TooManyFindingsException.check(findings.size());
  }

  private void carry(
      Document template, TextPart text, Place place, String piece, ByteArrayOutputStream out) {
    if (!piece.isEmpty()) {
      make(grammar.carrying(template, text, place, piece, this::next), out);
    }
  }

  private long next() {
    return ++number;
  }

  /** Ends the answer, and says why in the API's own terms. */
  private void stop(Verdict.Refusal why, ByteArrayOutputStream out) {
    refusal = Optional.of(why);
    done = true;
    grammar.stopping(why, requestId, this::next).forEach(event -> make(event, out));
  }

  private static void make(StreamGrammar.Made event, ByteArrayOutputStream out) {
    String name = event.name().map(n -> "event: " + n + "\n").orElse("");
    out.writeBytes((name + "data: " + event.json() + "\n\n").getBytes(UTF_8));
  }
}
