package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.ChainedEvent;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.Producer;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.merkle.SignerKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Short ways to write logs in tests. */
public final class Logs {
  public static final SignerKey KEY = SignerKey.generate("newel.test/log", new SecureRandom());
  public static final Instant NOW = Instant.parse("2026-11-23T15:04:05.123Z");
  public static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  public static final TransparencyLog.Pace QUICK =
      new TransparencyLog.Pace(Duration.ofMillis(5), Duration.ofHours(1));

  private Logs() {}

  public static TransparencyLog open(Path folder) throws IOException {
    return TransparencyLog.open(EmbeddedStorage.open(folder), KEY, CLOCK, QUICK);
  }

  /** A producer that makes events as the recorder does. */
  public static final class Chain {
    private final Producer producer;
    private final long epoch;
    private Instant time = NOW;
    private long seq;
    private String hash = ChainedEvent.NO_HASH;

    public Chain(String name) {
      this(name, 1);
    }

    public Chain(String name, long epoch) {
      this.producer = new Producer(name, "/test/" + name);
      this.epoch = epoch;
    }

    /** The first event of the epoch. */
    public StoredEvent opened() {
      return next(EventDraft.fact(EventType.LOG_OPENED, "epoch/" + epoch, Map.of("previous", 0)));
    }

    public StoredEvent next() {
      return next(
          EventDraft.fact(EventType.POLICY_LOADED, "bundle/" + seq, Map.of("revision", "r" + seq)));
    }

    public StoredEvent next(EventDraft draft) {
      var event = ChainedEvent.of(draft, producer, epoch, ++seq, hash, time);
      hash = event.hash();
      return StoredEvent.read(event.line().getBytes(UTF_8));
    }

    public List<StoredEvent> next(int count) {
      var events = new ArrayList<StoredEvent>();
      for (int i = 0; i < count; i++) {
        events.add(seq == 0 ? opened() : next());
      }
      return events;
    }

    /** From now on events say this time. */
    public Chain at(Instant then) {
      time = then;
      return this;
    }

    /** Makes an event and forgets to send it. */
    public void skip() {
      next();
    }
  }

  /** Waits until all that is durable is signed. */
  public static void awaitSigned(TransparencyLog log) throws InterruptedException {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (log.checkpoint().size() < log.size()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not signed: " + log.trouble());
      }
      Thread.sleep(2);
    }
  }
}
