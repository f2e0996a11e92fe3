package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Messages in characters without a shape. Tag characters (U+E0020 to U+E007E) carry ASCII;
 * variation selectors (U+FE00 to U+FE0F, U+E0100 to U+E01EF) carry bytes, when two or more follow
 * one another: one belongs to the character before it. A few visible characters may stand between.
 */
final class Hidden implements Decoder {
  /** The most visible characters between two parts of one message. */
  private static final int WIDEST = 4;

  @Override
  public View view() {
    return View.HIDDEN;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String written = parent.original();
    var texts = new ArrayList<NormalizedText>();
    TextBuilder message = null;
    int visible = 0;
    boolean selector = false;
    int pending = written.length();
    int i = 0;
    while (i < written.length()) {
      char c = written.charAt(i);
      if (c < 0xd800) {
        visible++;
        selector = false;
        i++;
      } else {
        int point = written.codePointAt(i);
        int next = i + Character.charCount(point);
        int octet = octet(point);
        boolean tag = point >= 0xe0020 && point <= 0xe007e;
        if (octet >= 0 && !selector && next == written.length() && parent.isOpen()) {
          pending = i;
          break;
        }
        boolean carries =
            octet >= 0x20
                && octet < 0x7f
                && (selector || (next < written.length() && octet(written.codePointAt(next)) >= 0));
        selector = octet >= 0;
        if (tag || carries) {
          if (message == null) {
            message = new TextBuilder(written, 32);
          }
          message.put((char) (tag ? point - 0xe0000 : octet), i, next);
          visible = 0;
        } else if (!Invisible.is(point)) {
          visible++;
        }
        i = next;
      }
      if (message != null && visible > WIDEST) {
        texts.add(message.build(List.of(view()), false));
        message = null;
      }
    }
    if (message != null) {
      texts.add(message.build(List.of(view()), parent.isOpen()));
    }
    return new Decoded(texts, parent.isOpen() ? pending : Decoded.NONE);
  }

  /** The byte that a variation selector stands for; -1 for all else. */
  private static int octet(int point) {
    if (point >= 0xfe00 && point <= 0xfe0f) {
      return point - 0xfe00;
    }
    return point >= 0xe0100 && point <= 0xe01ef ? point - 0xe0100 + 16 : -1;
  }
}
