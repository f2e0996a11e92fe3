package dev.newel.filter.protocol;

import dev.newel.policy.Part;

/** An object or array on the way to a text, and what it says of itself. */
final class Frame {
  private final Frame outer;
  private final Object step;
  private final boolean defined;
  private String type;
  private Part part;

  private Frame(Frame outer, Object step, boolean defined) {
    this.outer = outer;
    this.step = step;
    this.defined = defined;
  }

  static Frame root() {
    return new Frame(null, "", true);
  }

  /** The object or array at this name or index. */
  Frame inside(Object name, Shape shape) {
    return new Frame(
        this, name, defined && (name instanceof Integer || shape.places().contains(name)));
  }

  /** Whether the API defines what may stand in it. */
  boolean defined() {
    return defined;
  }

  /** Takes notice of one of its strings. */
  void says(String name, String value, Shape shape) {
    if (!defined) {
      return;
    }
    if (name.equals("type")) {
      type = value;
      if (shape.kinds().containsKey(value)) {
        part = shape.kinds().get(value);
      }
    } else if (name.equals("role") && part == null) {
      part = Shape.role(value).orElse(null);
    }
  }

  /** Whether it says that it holds something that is no text. */
  boolean isUnknown(Shape shape) {
    return defined
        && type != null
        && shape.typed().contains(array())
        && !shape.types().contains(type);
  }

  /** The name of the outermost of the arrays that it is directly in, or its own name. */
  String array() {
    Frame frame = this;
    while (frame.step instanceof Integer) {
      frame = frame.outer;
    }
    return (String) frame.step;
  }

  /** The part of a conversation that a member of it belongs to: what is nearest says so. */
  Part part(Object member, Shape shape, Part fallback) {
    Part named = named(member, shape);
    for (Frame frame = this; named == null && frame != null; frame = frame.outer) {
      named = frame.part != null ? frame.part : named(frame.step, shape);
    }
    return named == null ? fallback : named;
  }

  private static Part named(Object step, Shape shape) {
    return step instanceof String name ? shape.names().get(name) : null;
  }
}
