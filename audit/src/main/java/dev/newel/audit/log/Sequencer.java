package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.ChainedEvent;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.Phase;
import dev.newel.audit.Producer;
import dev.newel.audit.StoredEvent;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Decides what may come next: each producer's events follow each other without a hole, each names
 * the hash of the one before, and what is there already is not appended again. Only the log's
 * writer changes it; others read under its lock.
 */
public final class Sequencer {
  private final Producer own;
  private final Clock clock;
  private final Map<String, ProducerChain> chains = new HashMap<>();
  private final Map<String, byte[]> openIntents = new LinkedHashMap<>();
  private LongFunction<byte[]> leaves =
      _ -> {
        throw new IllegalStateException("no leaf is to be had yet");
      };
  private long gaps;
  private long duplicates;

  Sequencer(String origin, Clock clock) {
    this.own = new Producer(origin, "/log/" + origin);
    this.clock = clock;
  }

  /** A producer, as far as the log knows it. */
  public record Standing(
      String producer, long epoch, long seq, String hash, boolean closed, boolean lost) {}

  public synchronized List<Standing> producers() {
    return chains.entrySet().stream()
        .map(e -> standing(e.getKey(), e.getValue()))
        .sorted((a, b) -> a.producer().compareTo(b.producer()))
        .toList();
  }

  public synchronized Optional<Standing> producer(String name) {
    return Optional.ofNullable(chains.get(name)).map(c -> standing(name, c));
  }

  private static Standing standing(String name, ProducerChain c) {
    return new Standing(name, c.epoch(), c.seq(), c.hash(), c.closed(), c.lost());
  }

  /** Intents without an outcome, oldest first, as they stand in the log. */
  public synchronized List<byte[]> openIntents() {
    return List.copyOf(openIntents.values());
  }

  /** Holes that producers have declared since the log was opened. */
  public synchronized long gaps() {
    return gaps;
  }

  /** Events that came a second time since the log was opened. */
  public synchronized long duplicates() {
    return duplicates;
  }

  synchronized void lost(String producer) {
    chains.get(producer).lost(true);
  }

  /** Where to look what an event was that came before. */
  void leaves(LongFunction<byte[]> at) {
    leaves = at;
  }

  /** What was known of producers when older leaves were pruned. */
  void restore(LogStorage storage) throws IOException {
    if (storage.begin() > 0) {
      PrunedProducers.read(storage).forEach((name, head) -> chains.put(name, head));
    }
  }

  /** Writes what must be known of producers once leaves are gone. */
  synchronized void remember(LogStorage storage) throws IOException {
    PrunedProducers.write(storage, chains);
  }

  synchronized void replay(StoredEvent event, long index) {
    chains.computeIfAbsent(event.producer(), _ -> new ProducerChain()).add(event, index);
    note(event);
  }

  private void note(StoredEvent event) {
    if (event.phase() == Phase.INTENT) {
      openIntents.put(event.id(), event.bytes().array());
    } else {
      event.cause().ifPresent(openIntents::remove);
    }
  }

  Turn begin(long index) {
    return new Turn(index);
  }

  /** One group: what it takes counts only when it is committed. */
  final class Turn {
    private final long first;
    private final List<StoredEvent> taken = new ArrayList<>();
    private final Map<String, Place> heads = new HashMap<>();
    private final Map<String, Long> places = new HashMap<>();
    private long newGaps;
    private long newDuplicates;

    /** Where a producer stands within this turn. */
    private record Place(long epoch, long seq, String hash) {}

    private Turn(long first) {
      this.first = first;
    }

    List<byte[]> leaves() {
      return taken.stream().map(e -> e.bytes().array()).toList();
    }

    /**
     * Takes all of it, or nothing.
     *
     * @return the index of each event
     */
    List<Long> take(Submission what) {
      int before = taken.size();
      long gapsBefore = newGaps;
      var headsBefore = new HashMap<>(heads);
      try {
        return switch (what) {
          case Submission.Own(var drafts) -> {
            var indexes = new ArrayList<Long>();
            for (EventDraft draft : drafts) {
              indexes.add(accept(chained(draft)));
            }
            yield indexes;
          }
          case Submission.Of(var events, boolean acceptGap) -> {
            var indexes = new ArrayList<Long>();
            for (StoredEvent event : events) {
              indexes.add(take(event, acceptGap));
            }
            yield indexes;
          }
        };
      } catch (RuntimeException e) {
        while (taken.size() > before) {
          StoredEvent undone = taken.removeLast();
          places.remove(undone.where());
        }
        heads.clear();
        heads.putAll(headsBefore);
        newGaps = gapsBefore;
        throw e;
      }
    }

    private long take(StoredEvent event, boolean acceptGap) {
      Place head = head(event.producer());
      Long inTurn = places.get(event.where());
      if (inTurn != null) {
        return duplicate(event, inTurn, taken.get((int) (inTurn - first)).bytes().array());
      }
      Optional<Long> there = indexOf(event);
      if (there.isPresent()) {
        return duplicate(event, there.get(), leaves.apply(there.get()));
      }
      if (event.epoch() < head.epoch()) {
        throw new RefusedException(
            Refusal.STALE_EPOCH,
            "%s: the producer is in epoch %d already; an earlier one cannot grow"
                .formatted(event.where(), head.epoch()));
      }
      boolean sameEpoch = event.epoch() == head.epoch();
      long expected = sameEpoch ? head.seq() + 1 : 1;
      if (event.seq() < expected) {
        throw new RefusedException(
            Refusal.OUT_OF_ORDER,
            "%s was declared missing; it cannot come later".formatted(event.where()),
            expected);
      }
      if (event.seq() > expected) {
        if (!acceptGap) {
          throw new RefusedException(
              Refusal.OUT_OF_ORDER,
              "%s: seq %d comes next; send it, or declare the gap"
                  .formatted(event.where(), expected),
              expected);
        }
        newGaps += event.seq() - expected;
        accept(chained(OwnEvents.gap(event.producer(), event.epoch(), expected, event.seq() - 1)));
      } else {
        String prev = sameEpoch ? head.hash() : ChainedEvent.NO_HASH;
        if (!event.prevHash().equals(prev)) {
          throw new RefusedException(
              Refusal.CHAIN_BROKEN,
              event.where() + ": prevhash is not the hash of the event before");
        }
      }
      return accept(event);
    }

    private long accept(StoredEvent event) {
      long index = first + taken.size();
      taken.add(event);
      heads.put(event.producer(), new Place(event.epoch(), event.seq(), event.hash()));
      places.put(event.where(), index);
      return index;
    }

    private long duplicate(StoredEvent event, long index, byte[] there) {
      if (!Arrays.equals(there, event.bytes().array())) {
        throw new RefusedException(
            Refusal.REPLAYED,
            event.where() + " is in the log with other content, at index " + index);
      }
      newDuplicates++;
      return index;
    }

    private StoredEvent chained(EventDraft draft) {
      Place head = head(own.id());
      if (draft.type() != EventType.LOG_OPENED) {
        return chained(draft, head.epoch(), head.seq() + 1, head.hash());
      }
      var data = new HashMap<>(draft.data());
      if (head.epoch() > 0) {
        data.put("previoushash", head.hash());
      }
      return chained(
          EventDraft.fact(draft.type(), draft.subject(), data),
          head.epoch() + 1,
          1,
          ChainedEvent.NO_HASH);
    }

    private StoredEvent chained(EventDraft draft, long epoch, long seq, String prev) {
      return StoredEvent.read(
          ChainedEvent.of(draft, own, epoch, seq, prev, clock.instant()).line().getBytes(UTF_8));
    }

    private Place head(String producer) {
      Place place = heads.get(producer);
      if (place != null) {
        return place;
      }
      synchronized (Sequencer.this) {
        ProducerChain chain = chains.get(producer);
        return chain == null
            ? new Place(0, 0, ChainedEvent.NO_HASH)
            : new Place(chain.epoch(), chain.seq(), chain.hash());
      }
    }

    private Optional<Long> indexOf(StoredEvent event) {
      synchronized (Sequencer.this) {
        ProducerChain chain = chains.get(event.producer());
        return chain == null ? Optional.empty() : chain.index(event.epoch(), event.seq());
      }
    }

    /** What was taken is durable now. */
    void commit() {
      synchronized (Sequencer.this) {
        for (int i = 0; i < taken.size(); i++) {
          replay(taken.get(i), first + i);
        }
        gaps += newGaps;
        duplicates += newDuplicates;
      }
    }
  }
}
