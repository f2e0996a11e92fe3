package dev.newel.filter.protocol;

/** The APIs whose requests, answers and streams can be read. */
public enum Api {
  CHAT("openai"),
  COMPLETIONS("openai"),
  RESPONSES("openai"),
  EMBEDDINGS("openai"),
  /** Anthropic's messages, and the counting of their tokens. */
  MESSAGES("anthropic");

  private final String label;

  Api(String label) {
    this.label = label;
  }

  /** Whose API it is, for metrics. */
  public String label() {
    return label;
  }

  /** Where the texts are. */
  Shape shape() {
    return switch (this) {
      case CHAT -> Shapes.CHAT;
      case COMPLETIONS -> Shapes.COMPLETIONS;
      case RESPONSES -> Shapes.RESPONSES;
      case EMBEDDINGS -> Shapes.EMBEDDINGS;
      case MESSAGES -> Shapes.MESSAGES;
    };
  }

  /** How streamed answers are told. */
  StreamGrammar grammar() {
    return switch (this) {
      case CHAT, COMPLETIONS, EMBEDDINGS -> new ChoicesGrammar(this);
      case RESPONSES -> new ResponsesGrammar();
      case MESSAGES -> new MessagesGrammar();
    };
  }
}
