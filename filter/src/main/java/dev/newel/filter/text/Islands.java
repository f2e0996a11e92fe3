package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what a decoder reads and keeps the stretches that read as text: {@value #SHORTEST} or
 * more characters in a row that somebody could have written. Most of what only looks encoded
 * (names, paths, pictures, keys) decodes to bytes that end a stretch soon.
 */
final class Islands {
  /** Shorter stretches are chance. */
  static final int SHORTEST = 8;

  private final NormalizedText parent;
  private final View view;
  private final List<NormalizedText> texts = new ArrayList<>();
  private TextBuilder island;
  private int characters;
  private int began;
  private boolean zero;

  Islands(NormalizedText parent, View view) {
    this.parent = parent;
    this.view = view;
  }

  /** Adds a decoded code point, read from these indices of the parent. */
  void add(int point, int from, int to) {
    if (point == 0 && !zero && characters > 0) {
      // Every other byte of text in UTF-16.
      zero = true;
      return;
    }
    zero = false;
    if (!isWritten(point)) {
      gap();
      return;
    }
    if (island == null) {
      island = new TextBuilder(parent.original(), 64);
      began = from;
    }
    characters++;
    island.add(point, parent.originalStart(from), parent.originalEnd(to));
  }

  /** What comes next is not the continuation of what came before. */
  void gap() {
    if (characters >= SHORTEST && island.length() > 0) {
      texts.add(island.build(parent.then(view), false));
    }
    island = null;
    characters = 0;
    zero = false;
  }

  /**
   * Ends a run of encoded characters that may go on when more of the text is seen.
   *
   * @param at index from which on the run is not read yet
   * @return index from which on nothing is certain
   */
  int pause(int at) {
    if (characters >= SHORTEST && island.length() > 0) {
      texts.add(island.build(parent.then(view), true));
      island = null;
      characters = 0;
      return at;
    }
    int from = characters > 0 ? began : at;
    island = null;
    characters = 0;
    zero = false;
    return from;
  }

  List<NormalizedText> texts() {
    return texts;
  }

  private static boolean isWritten(int point) {
    if (point < 0x80) {
      return point >= 0x20 ? point != 0x7f : point == '\n' || point == '\r' || point == '\t';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED ->
          Invisible.is(point);
      default -> true;
    };
  }
}
