package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.SortedSet;

/** What a rule looks for. One record per detector; which one it is decides the detector. */
public sealed interface Check {

  /** The detector's name as it stands in a manifest, in findings and in metrics. */
  String detector();

  /**
   * Personal and other sensitive data by format, validator and context.
   *
   * @param entities canonical entity names (see {@link Entity}); at least one
   */
  record Sensitive(SortedSet<Entity> entities) implements Check {
    public Sensitive {
      entities = Sets.sorted(entities, "entities");
    }

    @Override
    public String detector() {
      return "sensitive";
    }
  }

  /**
   * Literal words and phrases.
   *
   * @param values at least one; sorted, without duplicates; 1 to 256 characters each
   * @param match how a value must stand in the text
   */
  record Words(SortedSet<String> values, WordMatch match) implements Check {
    public Words {
      values = Sets.sorted(values, "values");
    }

    @Override
    public String detector() {
      return "words";
    }
  }

  /** How a word must stand in the text. */
  enum WordMatch {
    /** Anywhere, also inside a longer word. */
    @JsonProperty("Substring")
    SUBSTRING,
    /** Between word boundaries. */
    @JsonProperty("Word")
    WORD
  }

  /**
   * Expressions in RE2 syntax.
   *
   * @param expressions at least one, in the order given
   */
  record Pattern(List<String> expressions) implements Check {
    public Pattern {
      expressions = List.copyOf(expressions);
      if (expressions.isEmpty()) {
        throw new IllegalArgumentException("expressions needs at least one entry");
      }
    }

    @Override
    public String detector() {
      return "pattern";
    }
  }
}
