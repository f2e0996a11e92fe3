package dev.newel.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values stand in a JSON document: the part of RFC 9535 that names places and computes
 * nothing. {@code $} is the document, {@code .name} and {@code ['name']} a member, {@code [0]} an
 * element counted from 0, {@code .*} and {@code [*]} all members or all elements.
 *
 * @param steps from the root; empty for the document itself
 */
public record JsonPath(List<Step> steps) {
  /** One step down. */
  public sealed interface Step {
    /** The member of this name. */
    record Member(String name) implements Step {}

    /** The element at this index, from 0. */
    record Element(int index) implements Step {}

    /** All members, or all elements. */
    record Every() implements Step {}
  }

  private static final int MAX_DIGITS = 6;

  public JsonPath {
    steps = List.copyOf(steps);
  }

  /**
   * Reads a path.
   *
   * @throws IllegalArgumentException with the position and what was expected there
   */
  public static JsonPath parse(String path) {
    if (!path.startsWith("$")) {
      throw new IllegalArgumentException("a path begins with $; write $.to[*], for example");
    }
    var steps = new ArrayList<Step>();
    int at = 1;
    while (at < path.length()) {
      at = path.charAt(at) == '[' ? bracket(path, at, steps) : dot(path, at, steps);
    }
    return new JsonPath(steps);
  }

  private static int dot(String path, int at, List<Step> steps) {
    if (path.charAt(at) != '.') {
      throw bad(at, ". or [ expected");
    }
    if (path.startsWith("*", at + 1)) {
      steps.add(new Step.Every());
      return at + 2;
    }
    int end = at + 1;
    while (end < path.length() && isName(path.charAt(end))) {
      end++;
    }
    if (end == at + 1) {
      throw bad(end, "a name or * expected; a name with other characters goes into ['…']");
    }
    steps.add(new Step.Member(path.substring(at + 1, end)));
    return end;
  }

  private static int bracket(String path, int at, List<Step> steps) {
    int end;
    if (path.startsWith("[*]", at)) {
      steps.add(new Step.Every());
      return at + 3;
    }
    if (path.startsWith("['", at)) {
      end = path.indexOf("']", at + 2);
      if (end <= at + 2) {
        throw bad(at + 2, "a name and '] expected");
      }
      steps.add(new Step.Member(path.substring(at + 2, end)));
      return end + 2;
    }
    end = at + 1;
    while (end < path.length() && path.charAt(end) >= '0' && path.charAt(end) <= '9') {
      end++;
    }
    if (end == at + 1 || end > at + 1 + MAX_DIGITS || !path.startsWith("]", end)) {
      throw bad(at + 1, "*, 'name' or an index of 1 to 6 digits and ] expected");
    }
    steps.add(new Step.Element(Integer.parseInt(path.substring(at + 1, end))));
    return end + 1;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }

  private static IllegalArgumentException bad(int at, String expected) {
    return new IllegalArgumentException("at character " + (at + 1) + ": " + expected);
  }
}
