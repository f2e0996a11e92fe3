package dev.newel.filter.protocol;

import dev.newel.filter.decide.Sweep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON text as detectors read it: escapes in its strings are decoded, everything else is as it is
 * written, names, numbers and punctuation included, because the name of a member says what its
 * value is. It takes its characters one by one, so that it can be read while it arrives.
 *
 * <p>What is masked stays JSON: in a string the replacement is escaped, a number as a whole becomes
 * a string, and punctuation stays. From where a text is no JSON on, it is plain text.
 */
final class JsonText {
  /** The longest number that is held together. */
  private static final int MAX_ATOM = 1_000;

  /** What a character is part of. */
  private enum Kind {
    PUNCTUATION,
    STRING,
    /** A number, {@code true}, {@code false} or {@code null}. */
    ATOM,
    PLAIN
  }

  private enum Mode {
    BETWEEN,
    STRING,
    ESCAPE,
    UNICODE,
    ATOM,
    PLAIN
  }

  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final StringBuilder written = new StringBuilder();
  private final StringBuilder text = new StringBuilder();

  /** Behind which written character each character of the text ends. */
  private int[] ends = new int[64];

  /** Which token each character belongs to, counted from the beginning. */
  private int[] tokens = new int[64];

  private Kind[] kinds = new Kind[64];

  private Mode mode = Mode.BETWEEN;
  private int token;
  private int code;
  private int digits;

  /** How many characters of the text have been released, and how many written ones. */
  private int released;

  private int releasedWritten;
  private final List<Sweep.Edit> open = new ArrayList<>();

  /** A whole text. */
  static JsonText of(String json) {
    var text = new JsonText();
    text.add(json);
    text.end();
    return text;
  }

  /** Whether something looks like an object or an array. */
  static boolean isLikely(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isSpace(text.charAt(i))) {
        return text.charAt(i) == '{' || text.charAt(i) == '[';
      }
    }
    return false;
  }

  /** What detectors read: what is known of it and has not been released. */
  String text() {
    return text.toString();
  }

  /** Takes written characters and gives those of the text that they complete. */
  String add(CharSequence characters) {
    int before = text.length();
    for (int i = 0; i < characters.length(); i++) {
      written.append(characters.charAt(i));
      step(characters.charAt(i));
    }
    return text.substring(before);
  }

  /** There is no more to come: an escape that is not complete is plain text. */
  String end() {
    int before = text.length();
    if (mode == Mode.ESCAPE || mode == Mode.UNICODE) {
      plain();
    }
    mode = Mode.BETWEEN;
    return text.substring(before);
  }

  private void step(char c) {
    switch (mode) {
      case BETWEEN -> between(c);
      case STRING -> {
        if (c == '"') {
          next();
          put(c, Kind.PUNCTUATION);
          mode = Mode.BETWEEN;
        } else if (c == '\\') {
          mode = Mode.ESCAPE;
        } else {
          put(c, Kind.STRING);
        }
      }
      case ESCAPE -> {
        int which = ESCAPES.indexOf(c);
        if (c == 'u') {
          mode = Mode.UNICODE;
          code = 0;
          digits = 0;
        } else if (which >= 0) {
          put(ESCAPED.charAt(which), Kind.STRING);
          mode = Mode.STRING;
        } else {
          plain();
        }
      }
      case UNICODE -> {
        int digit = Character.digit(c, 16);
        if (digit < 0 || c > 'f') {
          plain();
        } else {
          code = code * 16 + digit;
          if (++digits == 4) {
            put((char) code, Kind.STRING);
            mode = Mode.STRING;
          }
        }
      }
      case ATOM -> {
        if ("0123456789+-.eEtrufalsn".indexOf(c) >= 0) {
          put(c, Kind.ATOM);
        } else {
          mode = Mode.BETWEEN;
          between(c);
        }
      }
      case PLAIN -> put(c, Kind.PLAIN);
    }
  }

  private void between(char c) {
    next();
    if (c == '"') {
      put(c, Kind.PUNCTUATION);
      next();
      mode = Mode.STRING;
    } else if (isSpace(c) || "{}[],:".indexOf(c) >= 0) {
      put(c, Kind.PUNCTUATION);
    } else if ("-0123456789tfn".indexOf(c) >= 0) {
      put(c, Kind.ATOM);
      mode = Mode.ATOM;
    } else {
      plain();
    }
  }

  /** From the first written character on that is in no character of the text. */
  private void plain() {
    mode = Mode.PLAIN;
    next();
    int from = text.isEmpty() ? releasedWritten : ends[text.length() - 1];
    String rest = written.substring(from - releasedWritten);
    for (int i = 0; i < rest.length(); i++) {
      put(rest.charAt(i), Kind.PLAIN);
      ends[text.length() - 1] = from + i + 1;
    }
  }

  private void next() {
    token++;
  }

  private void put(char c, Kind kind) {
    int at = text.length();
    if (at == ends.length) {
      ends = Arrays.copyOf(ends, at * 2);
      tokens = Arrays.copyOf(tokens, at * 2);
      kinds = Arrays.copyOf(kinds, at * 2);
    }
    ends[at] = releasedWritten + written.length();
    tokens[at] = token;
    kinds[at] = kind;
    text.append(c);
  }

  /**
   * The edits in indices of the written characters.
   *
   * @param edits in order, in indices of the text
   */
  List<Sweep.Edit> inWritten(List<Sweep.Edit> edits) {
    return inWritten(edits, released + text.length());
  }

  /** The same for the part of the edits that lies before a position. */
  private List<Sweep.Edit> inWritten(List<Sweep.Edit> edits, int to) {
    var out = new ArrayList<Sweep.Edit>();
    for (int i = 0; i < edits.size(); i++) {
      Sweep.Edit edit = edits.get(i);
      int last = Math.min(edit.end(), to) - released;
      int at = edit.start() - released;
      while (at < last) {
        int end = Math.min(last, tokenEnd(at));
        switch (kind(at)) {
          case PUNCTUATION -> {}
          case STRING ->
              out.add(
                  new Sweep.Edit(start(at), ends[end - 1], JsonString.escaped(edit.replacement())));
          case PLAIN -> out.add(new Sweep.Edit(start(at), ends[end - 1], edit.replacement()));
          case ATOM -> atom(edits, i, at, out);
        }
        at = end;
      }
    }
    return out;
  }

  /** The first edit of a number writes it anew with all of them; it becomes a string. */
  private void atom(List<Sweep.Edit> edits, int first, int at, List<Sweep.Edit> out) {
    int from = tokenStart(at);
    int to = tokenEnd(at);
    if (!out.isEmpty() && out.getLast().start() == start(from)) {
      return;
    }
    var inside = new ArrayList<Sweep.Edit>();
    for (Sweep.Edit edit : edits.subList(first, edits.size())) {
      if (edit.start() - released >= to) {
        break;
      }
      int start = Math.max(edit.start() - released, from);
      int end = Math.min(edit.end() - released, to);
      if (start < end) {
        inside.add(new Sweep.Edit(start - from, end - from, edit.replacement()));
      }
    }
    String masked = Sweep.apply(text.substring(from, to), inside);
    out.add(new Sweep.Edit(start(from), ends[to - 1], "\"" + JsonString.escaped(masked) + "\""));
  }

  /**
   * Gives out what is decided, as it is to be written. A number is given out as a whole.
   *
   * @param edits further edits, in order, in indices of the whole text
   * @param to the text before this position is decided
   * @param last whether the text is complete
   */
  String release(List<Sweep.Edit> edits, int to, boolean last) {
    open.addAll(edits);
    int cut = to - released;
    boolean grows = cut == text.length() && !last && mode == Mode.ATOM;
    boolean within = cut > 0 && cut < text.length() && tokens[cut] == tokens[cut - 1];
    if (cut > 0 && kind(cut - 1) == Kind.ATOM && (grows || within)) {
      int start = tokenStart(cut - 1);
      if (cut - start > MAX_ATOM) {
        throw new IllegalStateException("a number is longer than " + MAX_ATOM + " characters");
      }
      cut = start;
    }
    if (cut <= 0) {
      return "";
    }
    int until = ends[cut - 1];
    String before = written.substring(0, until - releasedWritten);
    List<Sweep.Edit> decided =
        inWritten(open, released + cut).stream()
            .map(e ->
                new Sweep.Edit(
                    e.start() - releasedWritten, e.end() - releasedWritten, e.replacement()))
            .toList();
    forget(cut, until);
    return Sweep.apply(before, decided);
  }

  private void forget(int cut, int until) {
    int left = text.length() - cut;
    System.arraycopy(ends, cut, ends, 0, left);
    System.arraycopy(tokens, cut, tokens, 0, left);
    System.arraycopy(kinds, cut, kinds, 0, left);
    text.delete(0, cut);
    written.delete(0, until - releasedWritten);
    released += cut;
    releasedWritten = until;
    open.removeIf(e -> e.end() <= released);
    open.replaceAll(
        e -> e.start() < released ? new Sweep.Edit(released, e.end(), e.replacement()) : e);
  }

  private Kind kind(int at) {
    return kinds[at];
  }

  private int tokenStart(int at) {
    int start = at;
    while (start > 0 && tokens[start - 1] == tokens[at]) {
      start--;
    }
    return start;
  }

  private int tokenEnd(int at) {
    int end = at + 1;
    while (end < text.length() && tokens[end] == tokens[at]) {
      end++;
    }
    return end;
  }

  private int start(int at) {
    return at == 0 ? releasedWritten : ends[at - 1];
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}
