package dev.newel.filter.protocol;

import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The texts of a streamed answer that grow over its events: clients join the pieces of what stands
 * in a choice, so each place in a choice has a window of its own.
 */
final class ChoiceTexts {
  /** A growing text, and the last event that carried a piece of it. */
  private static final class Channel {
    final StreamWindow window;
    Document template;
    TextPart place;

    Channel(StreamWindow window) {
      this.window = window;
    }
  }

  /**
   * What a text held back until its end.
   *
   * @param template the last event that carried a piece of it
   * @param place where in that event
   */
  record Rest(Document template, TextPart place, StreamWindow.Released released) {}

  private final Engine engine;

  /** By place, for example {@code 0/delta/tool_calls/1/function/arguments/}. */
  private final Map<String, Channel> channels = new LinkedHashMap<>();

  /** Indices of choices that have begun and not ended. */
  private final Set<String> open = new TreeSet<>();

  ChoiceTexts(Engine engine) {
    this.engine = engine;
  }

  /** Whether the text goes on in later events. A tool's name comes in one piece. */
  static boolean holds(TextPart text) {
    return !text.name()
        && text.path().size() > 2
        && text.path().getFirst().equals("choices")
        && text.path().get(1) instanceof Integer
        && !text.path().getLast().equals("name");
  }

  /** Indices of the choices that this event ends. */
  static Set<String> ended(Document document) {
    var ended = new HashSet<String>();
    for (String pointer : document.scalars().keySet()) {
      String[] steps = pointer.split("/", -1);
      if (steps.length == 4 && steps[1].equals("choices") && steps[3].equals("finish_reason")) {
        ended.add(document.scalar("/choices/" + steps[2] + "/index").orElse(steps[2]));
      }
    }
    return ended;
  }

  /** How many characters are held back at most in one of the texts. */
  int held() {
    return channels.values().stream().mapToInt(c -> c.window.held()).max().orElse(0);
  }

  /** Indices of the choices that go on; the first one while none has begun. */
  Set<String> open() {
    return open.isEmpty() ? Set.of("0") : open;
  }

  /**
   * Takes a piece of a text.
   *
   * @param ended the choices that the piece's event ends: their texts hold nothing back any more
   */
  StreamWindow.Released add(Document document, TextPart text, Set<String> ended) {
    String key = key(document, text);
    open.add(choice(key));
    var origin = new Origin(text.part(), Direction.OUTPUT);
    Channel channel =
        channels.computeIfAbsent(key, _ -> new Channel(new StreamWindow(engine, origin)));
    channel.template = document;
    channel.place = text;
    StreamWindow.Released released = channel.window.add(text.value());
    if (!ended.contains(choice(key)) || released.blocked().isPresent()) {
      return released;
    }
    channels.remove(key);
    StreamWindow.Released rest = channel.window.end();
    var findings = new ArrayList<>(released.findings());
    findings.addAll(rest.findings());
    return new StreamWindow.Released(released.text() + rest.text(), findings, rest.blocked());
  }

  /** Ends these choices. */
  List<Rest> end(Collection<String> choices) {
    var rests = new ArrayList<Rest>();
    channels
        .entrySet()
        .removeIf(entry -> {
          boolean ends = choices.contains(choice(entry.getKey()));
          if (ends) {
            Channel channel = entry.getValue();
            rests.add(new Rest(channel.template, channel.place, channel.window.end()));
          }
          return ends;
        });
    open.removeAll(choices);
    return rests;
  }

  /** Ends all choices. */
  List<Rest> end() {
    return end(Set.copyOf(open));
  }

  private static String choice(String key) {
    return key.substring(0, key.indexOf('/'));
  }

  private static String key(Document document, TextPart text) {
    var key = new StringBuilder();
    for (int i = 1; i < text.path().size(); i++) {
      Object step = text.path().get(i);
      String pointer = TextPart.pointer(text.path().subList(0, i + 1));
      boolean element = step instanceof Integer;
      key.append(element ? document.scalar(pointer + "/index").orElse(step.toString()) : step);
      key.append('/');
    }
    return key.toString();
  }
}
