package dev.newel.policy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The kinds of sensitive data that a {@code sensitive} rule can name. Further kinds join this list
 * together with the detector row that finds them: a name that nothing looks for is refused.
 */
public enum Entity {
  EMAIL,
  CREDIT_DEBIT_CARD_NUMBER("CREDIT_CARD"),
  INTERNATIONAL_BANK_ACCOUNT_NUMBER("IBAN");

  private static final Map<String, Entity> BY_NAME = byName();

  private final String alias;

  Entity() {
    this(null);
  }

  Entity(String alias) {
    this.alias = alias;
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
