package dev.newel.filter.decide;

import dev.newel.policy.Action;
import dev.newel.policy.Rule;

/**
 * A rule matched a span.
 *
 * @param rule the rule
 * @param action what the rule does in this direction, after its policy's mode
 * @param detector which detector matched
 * @param entity what was recognised; stands in a mask
 * @param start index in the original text (UTF-16 code units), inclusive
 * @param end index in the original text, exclusive
 * @param score 0 to 1
 * @param view how the text was read where it was found: {@code plain}, {@code base64+rot13}
 * @param matched the normalised text of the span: for masks only, never to be logged
 */
public record Finding(
    Rule rule,
    Action action,
    String detector,
    String entity,
    int start,
    int end,
    double score,
    String view,
    String matched) {

  /** Moved by this many characters. */
  public Finding shift(int by) {
    return new Finding(rule, action, detector, entity, start + by, end + by, score, view, matched);
  }

  /** Never the matched text. */
  @Override
  public String toString() {
    return "Finding[%s %s %s %d-%d]".formatted(rule.id(), action, entity, start, end);
  }
}
