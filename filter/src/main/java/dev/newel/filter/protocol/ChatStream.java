package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.policy.OnFailure;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Judges a streamed answer of the OpenAI chat API. Each string that grows over the events (the
 * content of a choice, the arguments of a tool call) has a window of its own; events keep their
 * frame and their order, only the texts in them are held back and masked.
 */
public final class ChatStream {
  /** A text that grows over events, and the last event that carried a piece of it. */
  private static final class Channel {
    final StreamWindow window;
    Document template;
    TextPart slot;

    Channel(StreamWindow window) {
      this.window = window;
    }
  }

  private final Engine engine;
  private final BiConsumer<Uninspectable, Long> uninspected;
  private final String requestId;
  private final SseSplitter splitter = new SseSplitter();
  private final Map<String, Channel> channels = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private long inspected;
  private Optional<Verdict.Refusal> refusal = Optional.empty();
  private boolean done;

  public ChatStream(Engine engine, String requestId, BiConsumer<Uninspectable, Long> uninspected) {
    this.engine = engine;
    this.requestId = requestId;
    this.uninspected = uninspected;
  }

  /** Whether nothing more may be written: the answer was stopped or has ended. */
  public boolean isDone() {
    return done;
  }

  /** How many characters are held back at most in one of the texts. */
  public int held() {
    return channels.values().stream().mapToInt(c -> c.window.held()).max().orElse(0);
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
          flush(channel -> true, out);
        }
      } catch (RuntimeException | StackOverflowError e) {
        failed(out);
      }
      done = true;
    }
    return out.toByteArray();
  }

  private void failed(ByteArrayOutputStream out) {
    if (engine.settings().onError() == OnFailure.BLOCK || done) {
      stop(
          new Verdict.Refusal("detector_error", "The text could not be judged.", Optional.empty()),
          out);
    } else {
      // What has been held back cannot be told apart from what has gone out: ending is all that is
      // left.
      stop(new Verdict.Refusal("detector_error", "The answer ended early.", Optional.empty()), out);
    }
  }

  private void event(byte[] event, ByteArrayOutputStream out) {
    String data = SseSplitter.data(event);
    if (data == null) {
      out.writeBytes(event);
      return;
    }
    if (data.strip().equals("[DONE]")) {
      flush(channel -> true, out);
      if (!done) {
        out.writeBytes(event);
        done = true;
      }
      return;
    }
    Document document;
    try {
      document = Document.parse(data.getBytes(UTF_8));
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
    Map<TextPart, String> values = new HashMap<>();
    for (TextPart text : document.texts()) {
      if (!engine.looksAt(text.part())) {
        continue;
      }
      inspected += text.end() - text.start() - 2;
      if (text.path().getLast().equals("name")) {
        if (!whole(text, values, out)) {
          return;
        }
        continue;
      }
      Channel channel =
          channels.computeIfAbsent(
              channelKey(document, text),
              _ -> new Channel(new StreamWindow(engine, Direction.OUTPUT)));
      channel.template = document;
      channel.slot = text;
      StreamWindow.Released released = channel.window.add(text.value());
      findings.addAll(released.findings());
      values.put(text, released.text());
      if (released.blocked().isPresent()) {
        out.writeBytes(SseSplitter.withData(event, document.replace(values)));
        stop(Inspector.refusal(released.blocked().get(), Direction.OUTPUT), out);
        return;
      }
    }
    // A choice that ends here gives out what it held back before its last event.
    for (int i = 0; i < 128; i++) {
      String index = document.scalar("/choices/" + i + "/index").orElse(null);
      if (index == null) {
        break;
      }
      if (document.scalar("/choices/" + i + "/finish_reason").isPresent()) {
        String prefix = index + "/";
        byte[] own = SseSplitter.withData(event, document.replace(values));
        if (values.values().stream().anyMatch(v -> !v.isEmpty())) {
          // Its own text comes first, then what it still held back, then the end without text.
          out.writeBytes(withoutFinish(document, values));
          values.replaceAll((_, _) -> "");
          own = SseSplitter.withData(event, document.replace(values));
        }
        flush(key -> key.startsWith(prefix), out);
        if (!done) {
          out.writeBytes(own);
        }
        return;
      }
    }
    out.writeBytes(SseSplitter.withData(event, document.replace(values)));
  }

  /** A tool's name comes in one piece and is needed at once. */
  private boolean whole(TextPart text, Map<TextPart, String> values, ByteArrayOutputStream out) {
    Engine.Judgement judged = engine.judge(text.value(), Direction.OUTPUT);
    findings.addAll(judged.findings());
    if (judged.blocking().isPresent()) {
      stop(Inspector.refusal(judged.blocking().get(), Direction.OUTPUT), out);
      return false;
    }
    values.put(text, judged.masked().orElseThrow());
    return true;
  }

  /** An event that carries the texts of one that ends its choice, and does not end it. */
  private static byte[] withoutFinish(Document document, Map<TextPart, String> values) {
    String json = new String(document.replace(values), UTF_8);
    return ("data: "
            + json.replaceAll("\"finish_reason\"\\s*:\\s*\"[^\"]*\"", "\"finish_reason\":null")
            + "\n\n")
        .getBytes(UTF_8);
  }

  /** Gives out what these channels hold back, each in the frame of its last event. */
  private void flush(java.util.function.Predicate<String> which, ByteArrayOutputStream out) {
    var keys = channels.keySet().stream().filter(which).toList();
    for (String key : keys) {
      Channel channel = channels.remove(key);
      StreamWindow.Released released = channel.window.end();
      findings.addAll(released.findings());
      if (!released.text().isEmpty()) {
        Map<TextPart, String> values = new HashMap<>();
        channel.template.texts().stream()
            .filter(t -> engine.looksAt(t.part()))
            .forEach(t -> values.put(t, ""));
        values.put(channel.slot, released.text());
        out.writeBytes(withoutFinish(channel.template, values));
      }
      if (released.blocked().isPresent()) {
        stop(Inspector.refusal(released.blocked().get(), Direction.OUTPUT), out);
        return;
      }
    }
  }

  /** {@code 0/delta/content} or {@code 0/delta/tool_calls/1/function/arguments}. */
  private static String channelKey(Document document, TextPart text) {
    var key = new StringBuilder();
    var prefix = new StringBuilder();
    for (int i = 0; i < text.path().size(); i++) {
      Object step = text.path().get(i);
      prefix.append('/').append(step);
      if (step instanceof Integer) {
        key.append(document.scalar(prefix + "/index").orElse(step.toString())).append('/');
      } else if (!step.equals("choices")) {
        key.append(step).append('/');
      }
    }
    return key.toString();
  }

  /**
   * Ends the answer: a last chunk that says why in the API's own terms, an error event, {@code
   * [DONE]}.
   */
  private void stop(Verdict.Refusal why, ByteArrayOutputStream out) {
    refusal = Optional.of(why);
    done = true;
    out.writeBytes(
        ("data: {\"id\":\"chatcmpl-newel\",\"object\":\"chat.completion.chunk\",\"created\":0,\"model\":\"\",\"choices\":"
                + "[{\"index\":0,\"delta\":{},\"finish_reason\":\"content_filter\"}]}\n\n"
                + "data: "
                + ErrorBody.json(why, requestId)
                + "\n\ndata: [DONE]\n\n")
            .getBytes(UTF_8));
  }
}
