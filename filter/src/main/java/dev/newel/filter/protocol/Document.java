package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.decide.Sweep;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON document of an API, request, answer or event of a stream: where its texts are, and how to
 * put edited ones back. What an API defines says its {@link Shape}.
 *
 * @param json the bytes
 * @param texts in the order of the document
 * @param uninspectable what cannot be looked at, and how many bytes of it
 * @param scalars some further values, by pointer: what a proxy needs to know
 * @param logprobs values that repeat the answer token by token
 */
public record Document(
    @SuppressWarnings("ArrayRecordComponent") byte[] json,
    List<TextPart> texts,
    Map<Uninspectable, Long> uninspectable,
    Map<String, Scalar> scalars,
    List<Logprobs> logprobs) {

  /**
   * A value that was kept.
   *
   * @param value as text
   * @param start index of its first byte in the document
   * @param end index behind its last byte
   */
  public record Scalar(String value, int start, int end) {}

  /**
   * Probabilities of tokens, and so the tokens themselves.
   *
   * @param start index of the value's first byte in the document
   * @param end index behind its last byte
   * @param empty what stands there when there are none: {@code null} or {@code []}
   */
  public record Logprobs(int start, int end, String empty) {}

  /** A document that is not well formed; the message never quotes it. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Parses a request or an answer.
   *
   * @throws MalformedException when it is not one JSON object in UTF-8 without duplicate names
   */
  public static Document parse(byte[] json, Api api, Direction direction)
      throws MalformedException {
    return DocumentReader.read(json, api.shape(), direction);
  }

  /** A value that was kept, as text; empty when there is none. */
  public Optional<String> scalar(String pointer) {
    return Optional.ofNullable(scalars.get(pointer)).map(Scalar::value);
  }

  /**
   * The document with these edits: bytes outside of them stay as they are.
   *
   * @param edits by text; texts without an entry stay
   */
  public byte[] edit(Map<TextPart, List<Sweep.Edit>> edits) {
    return edit(edits, List.of());
  }

  /** The same with further changes. */
  byte[] edit(Map<TextPart, List<Sweep.Edit>> edits, List<Patch> further) {
    var patches = new ArrayList<>(further);
    edits.forEach((text, some) -> {
      if (!some.isEmpty()) {
        patches.add(text.patch(json, some));
      }
    });
    return Patch.apply(json, patches);
  }

  /** What takes the probabilities of tokens away. */
  List<Patch> withoutLogprobs() {
    return logprobs.stream()
        .map(p -> new Patch(p.start(), p.end(), p.empty().getBytes(UTF_8)))
        .toList();
  }
}
