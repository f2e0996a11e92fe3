package dev.newel.sidecar;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables by which a process is set up; what is missing or wrong is said with its fix. */
record Environment(Map<String, String> variables) {
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,7})(ms|s|m)");

  Environment {
    variables = Map.copyOf(variables);
  }

  String text(String name, String otherwise) {
    return variables.getOrDefault(name, otherwise);
  }

  /** Empty when it is not set, or set to nothing. */
  Optional<String> text(String name) {
    return Optional.ofNullable(variables.get(name)).filter(v -> !v.isBlank());
  }

  /**
   * A value that must be set.
   *
   * @param what it must be, for people
   */
  String required(String name, String what) {
    return text(name)
        .orElseThrow(
            () -> new FilterConfig.InvalidException(name + " is not set; it must be " + what));
  }

  /** A whole number from {@code least} to {@code most}. */
  int number(String name, int least, int most, int otherwise) {
    String value = variables.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new FilterConfig.InvalidException(
        "%s is %s; write a number from %d to %d".formatted(name, value, least, most));
  }

  /** A time that is longer than none, as {@code 500ms}, {@code 30s} or {@code 5m}. */
  Duration duration(String name, Duration otherwise) {
    String value = variables.get(name);
    if (value == null) {
      return otherwise;
    }
    Matcher parts = DURATION.matcher(value);
    if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
      throw new FilterConfig.InvalidException(
          name + " is " + value + "; write a time such as 500ms, 30s or 5m");
    }
    int amount = Integer.parseInt(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }
}
