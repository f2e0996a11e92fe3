package dev.newel.audit.log;

import dev.newel.audit.ChainedEvent;
import dev.newel.audit.EventType;
import dev.newel.audit.StoredEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where one producer's chain stands, and where in the log each of its events is: for every epoch
 * runs of seqs that follow each other in the log too, so that a batch costs one run at most.
 */
final class ProducerChain {
  /** So many events from this seq on stand from this index on. */
  private record Run(long seq, long index, long count) {
    boolean isFollowedBy(long s, long i) {
      return s == seq + count && i == index + count;
    }
  }

  private final Map<Long, List<Run>> epochs = new HashMap<>();
  private long epoch;
  private long seq;
  private String hash = ChainedEvent.NO_HASH;
  private boolean closed;
  private boolean lost;

  /** A chain whose events are no longer in the log. */
  static ProducerChain at(long epoch, long seq, String hash, boolean closed) {
    var chain = new ProducerChain();
    chain.epoch = epoch;
    chain.seq = seq;
    chain.hash = hash;
    chain.closed = closed;
    return chain;
  }

  long epoch() {
    return epoch;
  }

  long seq() {
    return seq;
  }

  String hash() {
    return hash;
  }

  /** Whether its last event says that it ended in order. */
  boolean closed() {
    return closed;
  }

  boolean lost() {
    return lost;
  }

  void lost(boolean is) {
    lost = is;
  }

  /** The seq that should come next in an epoch. */
  long expected(long inEpoch) {
    return inEpoch == epoch ? seq + 1 : 1;
  }

  /** Where an event is, when the log has one with this place. */
  Optional<Long> index(long inEpoch, long ofSeq) {
    List<Run> runs = epochs.getOrDefault(inEpoch, List.of());
    int low = 0;
    int high = runs.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Run run = runs.get(middle);
      if (ofSeq < run.seq()) {
        high = middle - 1;
      } else if (ofSeq >= run.seq() + run.count()) {
        low = middle + 1;
      } else {
        return Optional.of(run.index() + ofSeq - run.seq());
      }
    }
    return Optional.empty();
  }

  /** Takes an event as the next. */
  void add(StoredEvent event, long at) {
    List<Run> runs = epochs.computeIfAbsent(event.epoch(), _ -> new ArrayList<>());
    if (!runs.isEmpty() && runs.getLast().isFollowedBy(event.seq(), at)) {
      Run last = runs.removeLast();
      runs.add(new Run(last.seq(), last.index(), last.count() + 1));
    } else {
      runs.add(new Run(event.seq(), at, 1));
    }
    epoch = event.epoch();
    seq = event.seq();
    hash = event.hash();
    closed = event.type() == EventType.LOG_CLOSED;
    lost = false;
  }
}
