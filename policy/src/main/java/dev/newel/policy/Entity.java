package dev.newel.policy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of sensitive data that a {@code sensitive} rule can name. Further kinds join this list
 * together with the detector row that finds them: a name that nothing looks for is refused.
 */
public enum Entity {
  /** RFC 5321, 4.5.3.1.3: a path has 256 characters, of which two are angle brackets. */
  EMAIL(null, 254),
  /** ISO/IEC 7812-1: 19 digits, each but the last followed by a separator. */
  CREDIT_DEBIT_CARD_NUMBER("CREDIT_CARD", 19 * 2 - 1),
  /** ISO 13616-1: 34 characters, each but the last followed by a separator. */
  INTERNATIONAL_BANK_ACCOUNT_NUMBER("IBAN", 34 * 2 - 1);

  /** The most characters behind a match that decide whether it is one. */
  public static final int LOOK_AHEAD = 2;

  private static final Map<String, Entity> BY_NAME = byName();

  private final String alias;
  private final int maxLength;

  Entity(String alias, int maxLength) {
    this.alias = alias;
    this.maxLength = maxLength;
  }

  /** The longest match in characters. */
  public int maxLength() {
    return maxLength;
  }

  /**
   * How many characters a stream must hold back to mask it: {@link #maxLength} and a look ahead.
   */
  public int reach() {
    return maxLength + LOOK_AHEAD;
  }

  /** The short name that stands in masks and findings: {@code IBAN}. */
  public String label() {
    return alias == null ? name() : alias;
  }

  /** Finds an entity by its full name or its alias; empty when no detector knows it. */
  public static Optional<Entity> of(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /** Every name and alias, sorted: for messages that say what would be accepted. */
  public static Iterable<String> names() {
    return BY_NAME.keySet();
  }

  private static Map<String, Entity> byName() {
    var all = new TreeMap<String, Entity>();
    for (Entity e : values()) {
      all.put(e.name(), e);
      all.put(e.label(), e);
    }
    return all;
  }
}
