package dev.newel.filter.protocol;

import java.util.Locale;

/** Why nobody could look at something. The names are the label {@code reason} of a metric. */
public enum Uninspectable {
  /** Not JSON in UTF-8, a duplicate name, nested too deeply. */
  MALFORMED("the body is not well-formed JSON"),
  /** An image, audio or file, or a kind of content part that is not known here. */
  CONTENT_TYPE("the conversation holds content that is not text"),
  /**
   * Log probabilities repeat the text token by token. They pass where no rule masks or blocks
   * answers, and are taken out where one does.
   */
  LOGPROBS("logprobs repeat the answer token by token and cannot be masked"),
  /** A prompt as numbers of tokens: what they stand for depends on the model. */
  TOKENS("the prompt is given as token numbers, which cannot be read here; send it as text"),
  /** An endpoint whose shapes are not known here. */
  ENDPOINT("this endpoint is not inspected"),
  /** A content encoding that is not decoded here. */
  ENCODING("the body has a content encoding that is not decoded here"),
  /** Longer than the limit. */
  TOO_LARGE("the body is longer than the limit");

  private final String message;

  Uninspectable(String message) {
    this.message = message;
  }

  /** For people. */
  public String message() {
    return message;
  }

  /** For metrics. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
