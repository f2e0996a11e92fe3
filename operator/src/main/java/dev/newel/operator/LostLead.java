package dev.newel.operator;

import org.jboss.logging.Logger;

/**
 * What happens when the lease is lost: the process ends at once, without a farewell in which it
 * could still write. The framework leaves that to its users (its builder's default is to go on),
 * and then two operators would reconcile.
 *
 * <p>Nothing is lost by that: what was acknowledged is on disk, and open intents are settled by
 * whoever starts next.
 */
final class LostLead {
  private static final Logger LOG = Logger.getLogger(LostLead.class);

  /** As a crash would: the kubelet starts the container again, which then waits for the lease. */
  private static final int EXIT = 70;

  private LostLead() {}

  static void end() {
    if (isShuttingDown()) {
      return; // the lease is given back on the way out
    }
    LOG.error("event=lease.lost action=exit");
    Runtime.getRuntime().halt(EXIT);
  }

  /** The JVM tells only by refusing further hooks. */
  private static boolean isShuttingDown() {
    var hook = new Thread(() -> {}, "never-started");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      Runtime.getRuntime().removeShutdownHook(hook);
      return false;
    } catch (IllegalStateException shuttingDown) {
      return true;
    }
  }
}
