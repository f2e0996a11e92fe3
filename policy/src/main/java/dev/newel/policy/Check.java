package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

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

  /**
   * Credentials: tokens of known services, private keys, connection strings, and values of high
   * entropy that are assigned to names such as {@code password}. Placeholders are none.
   */
  record Secrets() implements Check {
    /** How many characters a stream must hold back to mask what the detector finds. */
    public static final int REACH = 250;

    @Override
    public String detector() {
      return "secrets";
    }
  }

  /**
   * Attempts to steer the model away from its task, by who types and by what is read.
   *
   * @param sensitivity how readily it speaks up
   * @param depth how much it may cost
   */
  record PromptAttack(Sensitivity sensitivity, Depth depth) implements Check {
    public PromptAttack {
      Objects.requireNonNull(sensitivity, "sensitivity");
      Objects.requireNonNull(depth, "depth");
    }

    @Override
    public String detector() {
      return "promptAttack";
    }
  }

  /** How much judging a text may cost. */
  enum Depth {
    /** Features and n-grams: less than a millisecond for each KiB. */
    @JsonProperty("Fast")
    FAST,
    /** And a small neural encoder: milliseconds for each KiB. */
    @JsonProperty("Deep")
    DEEP,
    /**
     * Deep for what tools return where the filter's image has the encoder, for at most the 96 most
     * suspicious windows of a text; Fast for everything else.
     */
    @JsonProperty("Auto")
    AUTO
  }

  /**
   * Answers that give away what the conversation's system prompt says.
   *
   * @param systemPrompt whether longer pieces of the system prompt are looked for
   * @param canaries whether marks in the system prompt that occur nowhere else are looked for
   */
  record Leakage(boolean systemPrompt, boolean canaries) implements Check {
    /** How many characters a stream must hold back to stop a piece before it is out. */
    public static final int REACH = 250;

    public Leakage {
      if (!systemPrompt && !canaries) {
        throw new IllegalArgumentException(
            "leakage looks for nothing; set systemPrompt, canaries or both to true");
      }
    }

    @Override
    public String detector() {
      return "leakage";
    }
  }

  /**
   * Which tools a model may call, and with which arguments. It is complete in itself: a call must
   * pass every rule, so the allowed tools of several rules intersect and the denied ones unite.
   *
   * @param otherwise what holds for tools that nothing names
   * @param allow tools that may be called, and how
   * @param deny tools that may not be called whatever else is written
   */
  record Tools(Otherwise otherwise, List<Allowed> allow, SortedSet<Glob> deny) implements Check {
    public Tools {
      Objects.requireNonNull(otherwise, "otherwise");
      allow = List.copyOf(allow);
      deny = Collections.unmodifiableSortedSet(new TreeSet<>(deny));
    }

    /** What holds for tools that nothing names. */
    public enum Otherwise {
      @JsonProperty("Allow")
      ALLOW,
      @JsonProperty("Deny")
      DENY
    }

    /**
     * Tools that may be called when all of these arguments are as they should be.
     *
     * @param name of the tools
     * @param arguments none: any arguments
     */
    public record Allowed(Glob name, List<Argument> arguments) {
      public Allowed {
        Objects.requireNonNull(name, "name");
        arguments = List.copyOf(arguments);
      }
    }

    /**
     * What arguments of a call must look like. Every value at the path must be a string, number or
     * boolean in which the expression finds a match; a path that selects nothing is satisfied.
     *
     * @param path a {@link JsonPath} from the arguments' root
     * @param pattern in RE2 syntax; matches anywhere unless anchored
     */
    public record Argument(String path, String pattern) {
      public Argument {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(pattern, "pattern");
      }
    }

    /**
     * Whether a call may be made. A denied name may not; a name that some entries allow may when
     * all arguments of one of them are satisfied; for the others {@link #otherwise} holds.
     *
     * @param satisfied whether the call's arguments are as this one demands
     */
    public boolean allows(String tool, Predicate<Argument> satisfied) {
      if (deny.stream().anyMatch(d -> d.matches(tool))) {
        return false;
      }
      List<Allowed> named = allow.stream().filter(a -> a.name().matches(tool)).toList();
      return named.isEmpty()
          ? otherwise == Otherwise.ALLOW
          : named.stream().anyMatch(a -> a.arguments().stream().allMatch(satisfied));
    }

    @Override
    public String detector() {
      return "tools";
    }
  }

  /**
   * Hateful, violent and otherwise harmful content.
   *
   * @param categories which; at least one
   * @param sensitivity how readily it speaks up
   */
  record Content(SortedSet<Category> categories, Sensitivity sensitivity) implements Check {
    /** How many characters a stream must hold back to stop a sentence before it is out. */
    public static final int REACH = 250;

    public Content {
      categories = Sets.sorted(categories, "categories");
      Objects.requireNonNull(sensitivity, "sensitivity");
    }

    @Override
    public String detector() {
      return "content";
    }
  }

  /** Kinds of harmful content. */
  enum Category {
    /** Contempt for people because of what they are. */
    @JsonProperty("Hate")
    HATE,
    /** Threats, and calls for violence or its glorification. */
    @JsonProperty("Violence")
    VIOLENCE,
    @JsonProperty("SelfHarm")
    SELF_HARM,
    @JsonProperty("Sexual")
    SEXUAL,
    /** Requests for help with crimes. */
    @JsonProperty("Criminal")
    CRIMINAL
  }
}
