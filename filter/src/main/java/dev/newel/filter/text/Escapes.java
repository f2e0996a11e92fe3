package dev.newel.filter.text;

import java.util.List;

/** The whole text with every escape sequence read as what it stands for. */
final class Escapes implements Decoder {
  @Override
  public View view() {
    return View.ESCAPES;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    int length = text.length();
    int i = next(text, 0);
    var escape = new Escape(text, parent.isOpen());
    TextBuilder builder = null;
    int copied = 0;
    while (i < length) {
      escape.read(i);
      if (escape.isUnfinished()) {
        length = i;
        break;
      }
      if (escape.length() == 0) {
        i = next(text, i + 1);
        continue;
      }
      if (builder == null) {
        builder = new TextBuilder(parent.original(), length);
      }
      copy(parent, copied, i, builder);
      int end = i + escape.length();
      if (escape.point() >= 0) {
        builder.add(escape.point(), parent.originalStart(i), parent.originalEnd(end));
      }
      copied = end;
      i = next(text, end);
    }
    int pending = Decoded.pending(parent, length);
    if (builder == null) {
      return new Decoded(List.of(), pending);
    }
    copy(parent, copied, length, builder);
    return new Decoded(List.of(builder.build(parent.then(view()), parent.isOpen())), pending);
  }

  private static void copy(NormalizedText parent, int from, int to, TextBuilder builder) {
    for (int i = from; i < to; i++) {
      builder.put(parent.text().charAt(i), parent.originalStart(i), parent.originalEnd(i + 1));
    }
  }

  private static int next(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '%' || c == '&' || c == '\\' || c == '=') {
        return i;
      }
      i++;
    }
    return i;
  }
}
