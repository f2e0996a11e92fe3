package dev.newel.operator.breakglass;

import java.time.Duration;
import java.util.regex.Pattern;

/** Lengths of time as the custom resources write them: {@code 1h30m}. */
final class TimeSpan {
  private static final Pattern PART = Pattern.compile("([0-9]{1,5})([smh])");

  private TimeSpan() {}

  /** The schema has checked the form. */
  static Duration of(String text) {
    return PART.matcher(text)
        .results()
        .map(m -> {
          long n = Long.parseLong(m.group(1));
          return switch (m.group(2)) {
            case "h" -> Duration.ofHours(n);
            case "m" -> Duration.ofMinutes(n);
            default -> Duration.ofSeconds(n);
          };
        })
        .reduce(Duration.ZERO, Duration::plus);
  }
}
