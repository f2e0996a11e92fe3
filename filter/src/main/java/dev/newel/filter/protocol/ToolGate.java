package dev.newel.filter.protocol;

import dev.newel.filter.decide.Finding;
import dev.newel.filter.tools.ToolRules;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import java.util.List;
import java.util.Optional;

/**
 * Holds the events of a streamed tool call until the call is whole and can be judged. Then they go
 * on as they came, or, when the call is to be taken out, as if it had never been: those that follow
 * count blocks, items and calls without it.
 */
interface ToolGate {
  /** The most bytes that are held. */
  int MAX_HELD = 1 << 20;

  /**
   * An event on its way.
   *
   * @param event all its bytes
   * @param data its JSON
   */
  record Passing(
      @SuppressWarnings("ArrayRecordComponent") byte[] event,
      @SuppressWarnings("ArrayRecordComponent") byte[] data) {
    int size() {
      return event.length;
    }

    Passing patched(List<Patch> patches) {
      byte[] changed = Patch.apply(data, patches);
      return patches.isEmpty() ? this : new Passing(SseSplitter.withData(event, changed), changed);
    }
  }

  /**
   * What may go on now.
   *
   * @param events in their order
   * @param findings of calls that were judged
   */
  record Opened(List<Passing> events, List<Finding> findings) {
    static final Opened NOTHING = new Opened(List.of(), List.of());

    static Opened of(Passing event) {
      return new Opened(List.of(event), List.of());
    }
  }

  /**
   * Takes an event.
   *
   * @throws IllegalStateException when more than {@link #MAX_HELD} bytes would be held
   */
  Opened add(Passing event);

  /** The model has ended: calls that are not whole are not given out. */
  Opened end();

  /** The gate of an API; empty when no rule looks at the tools of answers. */
  static Optional<ToolGate> of(Api api, ToolRules rules) {
    if (rules.isEmpty(Direction.OUTPUT)) {
      return Optional.empty();
    }
    return switch (api) {
      case CHAT -> Optional.of(new ChatToolGate(rules));
      case RESPONSES -> Optional.of(new ItemToolGate(rules, ItemToolGate.RESPONSES));
      case MESSAGES -> Optional.of(new ItemToolGate(rules, ItemToolGate.MESSAGES));
      case COMPLETIONS, EMBEDDINGS -> Optional.empty();
    };
  }

  static boolean masks(List<Finding> findings) {
    return findings.stream().anyMatch(f -> f.action() == Action.MASK);
  }

  static void checkHeld(long bytes) {
    if (bytes > MAX_HELD) {
      throw new IllegalStateException("more than " + MAX_HELD + " bytes of calls would be held");
    }
  }
}
