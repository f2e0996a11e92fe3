package dev.newel.filter.protocol;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.detect.Conversation;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.protocol.StreamGrammar.Place;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The texts of a streamed answer that grow over its events, each with a window of its own. */
final class GrowingTexts {
  /** The most texts of one answer: what is held of each is memory. */
  private static final int MAX_TEXTS = 4_096;

  /**
   * What may go out of a text.
   *
   * @param written as it is to be written: of a JSON text with its escapes
   * @param blocked when present, this is the last that goes out
   */
  record Piece(String written, List<Finding> findings, Optional<Finding> blocked) {
    Piece then(Piece next) {
      var both = new ArrayList<>(findings);
      both.addAll(next.findings());
      return new Piece(written + next.written(), both, next.blocked());
    }
  }

  /**
   * What a text held back until its end.
   *
   * @param template the last event that carried a piece of it
   * @param text where in that event
   */
  record Rest(Document template, TextPart text, Place place, Piece piece) {}

  /** A growing text, and the last event that carried a piece of it. */
  private static final class Growing {
    private final StreamWindow window;
    private final JsonText json;
    private Document template;
    private TextPart text;

    Growing(Engine engine, Origin origin, Place place) {
      this.window = new StreamWindow(engine, origin);
      this.json = place.json() ? new JsonText() : null;
    }

    Piece add(String characters) {
      return piece(window.add(json == null ? characters : json.add(characters)), false);
    }

    Piece end() {
      if (json == null) {
        return piece(window.end(), true);
      }
      Piece rest = piece(window.add(json.end()), false);
      return rest.blocked().isPresent() ? rest : rest.then(piece(window.end(), true));
    }

    private Piece piece(StreamWindow.Released released, boolean last) {
      return new Piece(
          json == null ? released.text() : json.release(released.edits(), released.until(), last),
          released.findings(),
          released.blocked());
    }
  }

  private final Engine engine;
  private final Conversation conversation;
  private final Map<Place, Growing> growing = new LinkedHashMap<>();
  private final Set<Place> ended = new HashSet<>();

  GrowingTexts(Engine engine, Conversation conversation) {
    this.engine = engine;
    this.conversation = conversation;
  }

  /** How many characters are held back at most in one of the texts. */
  int held() {
    return growing.values().stream().mapToInt(g -> g.window.held()).max().orElse(0);
  }

  /**
   * Takes a piece of a text.
   *
   * @param ends whether the text ends with it
   * @throws IllegalStateException when there are too many texts, or the text had ended: a client
   *     that joins the pieces would read what nobody judged as a whole
   */
  Piece add(Document event, TextPart text, Place place, boolean ends) {
    if (ended.contains(place)) {
      if (text.written().isEmpty()) {
        return new Piece("", List.of(), Optional.empty());
      }
      throw new IllegalStateException("a text goes on behind its end");
    }
    if (growing.size() + ended.size() > MAX_TEXTS) {
      throw new IllegalStateException("an answer has more than " + MAX_TEXTS + " texts");
    }
    Growing one =
        growing.computeIfAbsent(
            place,
            p -> new Growing(engine, new Origin(text.part(), Direction.OUTPUT, conversation), p));
    one.template = event;
    one.text = text;
    Piece piece = one.add(text.written());
    if (!ends || piece.blocked().isPresent()) {
      return piece;
    }
    growing.remove(place);
    ended.add(place);
    return piece.then(one.end());
  }

  /** Ends these texts. */
  List<Rest> end(Predicate<Place> which) {
    var rests = new ArrayList<Rest>();
    growing
        .entrySet()
        .removeIf(entry -> {
          boolean ends = which.test(entry.getKey());
          if (ends) {
            Growing one = entry.getValue();
            ended.add(entry.getKey());
            rests.add(new Rest(one.template, one.text, entry.getKey(), one.end()));
          }
          return ends;
        });
    return rests;
  }
}
