package dev.newel.filter.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * How an API tells an answer in events: which of their texts go on in later events, when those end,
 * and how to write events of one's own. Serves one stream; {@link AnswerStream} does the rest.
 */
interface StreamGrammar {
  /**
   * A text that grows over events: clients join its pieces.
   *
   * @param owner what it belongs to: the index of a choice, an item or a block
   * @param field where it stands in there
   * @param json whether it is a JSON text
   */
  record Place(String owner, String field, boolean json) {}

  /**
   * An event that is made here.
   *
   * @param name of the event; empty where the API names none
   * @param json its data
   */
  record Made(Optional<String> name, String json) {}

  /** Whether the event holds nothing but texts and what is known to be none. */
  default boolean isReadable(Document event) {
    return true;
  }

  /** Where this text grows; empty when it stands for itself. */
  Optional<Place> grows(Document event, TextPart text);

  /** Which of the growing texts end with this event. */
  Predicate<Place> ends(Document event);

  /** Whether the event is the last of an answer. */
  boolean isLast(Document event);

  /** Takes notice of an event that goes out. */
  void seen(Document event);

  /**
   * An event that carries a piece of a text and nothing else: what clients add up over events (ids,
   * roles, names) is not said twice.
   *
   * @param template the last event that carried a piece of it
   * @param text where in that event
   * @param number of the event, where the API numbers them
   */
  Made carrying(Document template, TextPart text, Place place, String piece, LongSupplier number);

  /** What ends an answer because of the filter, in the terms of the API. */
  List<Made> stopping(Verdict.Refusal why, String requestId, LongSupplier number);
}
