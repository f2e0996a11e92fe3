package dev.newel.cli.check;

import java.util.List;

/** What was given cannot be used; each message names the place, the value and the fix. */
final class BadInputException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> messages;

  BadInputException(String message) {
    this(List.of(message));
  }

  BadInputException(List<String> messages) {
    super(String.join("\n", messages));
    this.messages = List.copyOf(messages);
  }

  List<String> messages() {
    return messages;
  }
}
