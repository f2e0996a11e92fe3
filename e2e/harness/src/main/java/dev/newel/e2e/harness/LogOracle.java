package dev.newel.e2e.harness;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Oracle O4: no ERROR line in the log of this JVM that the scenario did not ask for. */
public final class LogOracle implements AutoCloseable {
  private static final Logger ROOT = Logger.getLogger("");

  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
            Throwable thrown = line.getThrown();
            errors.add(line.getLoggerName() + ": " + line.getMessage() + " " + thrown);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  public LogOracle() {
    ROOT.addHandler(handler);
  }

  /** Lines at level ERROR so far. */
  public List<String> errors() {
    return List.copyOf(errors);
  }

  @Override
  public void close() {
    ROOT.removeHandler(handler);
  }
}
