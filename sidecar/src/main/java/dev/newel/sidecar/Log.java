package dev.newel.sidecar;

import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Log lines as JSON objects with fixed keys. Values are identifiers, counts and reasons; texts of
 * requests and answers never come here.
 */
public final class Log {
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG;

    /** {@code Info} as in a manifest; INFO for what is not known. */
    static Level of(String text) {
      for (Level level : values()) {
        if (level.name().equals(text.toUpperCase(Locale.ROOT))) {
          return level;
        }
      }
      return INFO;
    }
  }

  private final PrintStream out;
  private final Level least;
  private final Clock clock;

  public Log(PrintStream out, Level least, Clock clock) {
    this.out = out;
    this.least = least;
    this.clock = clock;
  }

  public void error(String event, Object... keysAndValues) {
    write(Level.ERROR, event, keysAndValues);
  }

  public void warn(String event, Object... keysAndValues) {
    write(Level.WARN, event, keysAndValues);
  }

  public void info(String event, Object... keysAndValues) {
    write(Level.INFO, event, keysAndValues);
  }

  private void write(Level level, String event, Object... keysAndValues) {
    if (level.compareTo(least) > 0) {
      return;
    }
    var line = new StringBuilder("{\"time\":\"");
    line.append(clock.instant().truncatedTo(ChronoUnit.MILLIS)).append("\",\"level\":\"");
    line.append(level).append("\",\"event\":\"").append(event).append('"');
    for (int i = 0; i + 1 < keysAndValues.length; i += 2) {
      line.append(",\"").append(keysAndValues[i]).append("\":");
      Object value = keysAndValues[i + 1];
      if (value instanceof Number || value instanceof Boolean) {
        line.append(value);
      } else {
        quote(String.valueOf(value), line);
      }
    }
    out.println(line.append('}'));
  }

  private static void quote(String value, StringBuilder line) {
    line.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    line.append('"');
  }
}
