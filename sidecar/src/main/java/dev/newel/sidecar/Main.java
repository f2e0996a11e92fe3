package dev.newel.sidecar;

import dev.newel.audit.AuditUnavailableException;
import java.time.Clock;

/** The filter's process. Ends with 2 when it is set up wrongly, with the words to set it right. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    FilterConfig config;
    try {
      config = FilterConfig.of(System.getenv());
    } catch (FilterConfig.InvalidException e) {
      System.err.println("newel-filter: " + e.getMessage());
      System.exit(2);
      return;
    }
    var log = new Log(System.out, config.logLevel(), Clock.systemUTC());
    try {
      Sidecar sidecar = Sidecar.start(config, log, Clock.systemUTC());
      Runtime.getRuntime().addShutdownHook(new Thread(sidecar::close, "newel-shutdown"));
    } catch (FilterConfig.InvalidException
        | IllegalArgumentException
        | AuditUnavailableException e) {
      System.err.println("newel-filter: " + e.getMessage());
      System.exit(2);
    }
  }
}
