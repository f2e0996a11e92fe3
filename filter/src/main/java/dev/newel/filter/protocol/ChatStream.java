package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.policy.OnFailure;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Judges a streamed answer of the OpenAI chat API. Each string that grows over the events (the
 * content of a choice, the arguments of a tool call) has a window of its own; events keep their
 * frame and their order, only the texts in them are held back and masked.
 */
public final class ChatStream {
  private final Engine engine;
  private final BiConsumer<Uninspectable, Long> uninspected;
  private final String requestId;
  private final SseSplitter splitter = new SseSplitter();
  private final ChoiceTexts choices;
  private final List<Finding> findings = new ArrayList<>();
  private Document last = ChatFrame.PLAIN;
  private long inspected;
  private Optional<Verdict.Refusal> refusal = Optional.empty();
  private boolean done;

  public ChatStream(Engine engine, String requestId, BiConsumer<Uninspectable, Long> uninspected) {
    this.engine = engine;
    this.choices = new ChoiceTexts(engine);
    this.requestId = requestId;
    this.uninspected = uninspected;
  }

  /** Whether nothing more may be written: the answer was stopped or has ended. */
  public boolean isDone() {
    return done;
  }

  /** How many characters are held back at most in one of the texts. */
  public int held() {
    return choices.held();
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
        if (!done) {
          flush(choices.end(), out);
        }
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
      flush(choices.end(), out);
      if (!done) {
        out.writeBytes(event);
        done = true;
      }
      return;
    }
    Document document;
    try {
      document = Document.parse(data.get().getBytes(UTF_8));
    } catch (Document.MalformedException e) {
      uninspectable(Uninspectable.MALFORMED, event, out);
      return;
    }
    if (!document.uninspectable().isEmpty()
        && engine.settings().onUninspectable() == OnFailure.BLOCK) {
      stop(Inspector.refusal(document.uninspectable().keySet().iterator().next()), out);
      return;
    }
    document.uninspectable().forEach(uninspected);
    last = document;
    chunk(document, event, out);
  }

  private void uninspectable(Uninspectable reason, byte[] event, ByteArrayOutputStream out) {
    if (engine.settings().onUninspectable() == OnFailure.BLOCK) {
      stop(Inspector.refusal(reason), out);
    } else {
      uninspected.accept(reason, (long) event.length);
      out.writeBytes(event);
    }
  }

  private void chunk(Document document, byte[] event, ByteArrayOutputStream out) {
    Set<String> ended = ChoiceTexts.ended(document);
    Map<TextPart, String> values = new LinkedHashMap<>();
    for (TextPart text : document.texts()) {
      if (!engine.looksAt(text.part())) {
        continue;
      }
      inspected += text.end() - text.start() - 2;
      StreamWindow.Released released =
          ChoiceTexts.holds(text) ? choices.add(document, text, ended) : whole(text);
      findings.addAll(released.findings());
      values.put(text, released.text());
      if (released.blocked().isPresent()) {
        values.forEach((place, value) -> carry(document, place, value, out));
        stop(Inspector.refusal(released.blocked().get(), Direction.OUTPUT), out);
        return;
      }
    }
    // What a choice still holds back comes before the event that ends it.
    flush(choices.end(ended), out);
    if (!done) {
      out.writeBytes(SseSplitter.withData(event, document.replace(values)));
    }
  }

  /** A text that does not go on in later events. */
  private StreamWindow.Released whole(TextPart text) {
    Engine.Judgement judged = engine.judge(text.value(), new Origin(text.part(), Direction.OUTPUT));
    return new StreamWindow.Released(
        judged.masked().orElse(""), judged.findings(), judged.blocking());
  }

  /** Gives out what was held back, each text in the frame of its last event. */
  private void flush(List<ChoiceTexts.Rest> rests, ByteArrayOutputStream out) {
    for (ChoiceTexts.Rest rest : rests) {
      StreamWindow.Released released = rest.released();
      findings.addAll(released.findings());
      carry(rest.template(), rest.place(), released.text(), out);
      if (released.blocked().isPresent()) {
        stop(Inspector.refusal(released.blocked().get(), Direction.OUTPUT), out);
        return;
      }
    }
  }

  private static void carry(
      Document template, TextPart place, String text, ByteArrayOutputStream out) {
    if (ChoiceTexts.holds(place) && !text.isEmpty()) {
      out.writeBytes(ChatFrame.carrying(template, place, text));
    }
  }

  /**
   * Ends the answer: a last chunk that says why in the API's own terms, an error event, {@code
   * [DONE]}.
   */
  private void stop(Verdict.Refusal why, ByteArrayOutputStream out) {
    refusal = Optional.of(why);
    done = true;
    out.writeBytes(ChatFrame.ending(last, choices.open()));
    out.writeBytes(ChatFrame.event(ErrorBody.json(why, requestId)));
    out.writeBytes(ChatFrame.event("[DONE]"));
  }
}
