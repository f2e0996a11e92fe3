package dev.newel.filter.text;

import dev.newel.filter.text.Decoder.Decoded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntBiFunction;

/**
 * One text in all its {@linkplain View views}, made when they are asked for and kept. Encodings are
 * read to a depth of two; what was read is looked at as a skeleton and as leetspeak, too.
 *
 * <p>Each view is <em>local</em>: what it makes of a stretch depends on that stretch and a bounded
 * number of characters around it. So a stream sees what the whole text would show, as long as it
 * keeps enough of what has passed ({@link #contextStart}) and waits for enough of what comes
 * ({@link #decidedBefore}).
 *
 * <p>Not safe for several threads.
 */
public final class Views {
  /** Encodings within encodings. */
  private static final int MAX_DEPTH = 2;

  /** What is shorter holds no second encoding. */
  private static final int SHORTEST = Islands.SHORTEST;

  /** How much may be decoded: characters for each character of the text, and beyond that. */
  private static final int MAX_GROWTH = 8;

  private static final int ALWAYS = 1 << 16;

  /** What a decoder looks at around a stretch is less than this. */
  private static final int SURROUNDINGS = 64;

  private static final List<Decoder> DECODERS =
      List.of(
          new Escapes(),
          new Base64Runs(),
          new HexRuns(),
          NumberLists.hex(),
          NumberLists.binary(),
          NumberLists.decimal(),
          new Spaced(),
          new Morse(),
          new Hidden(),
          new Rot13());

  private static final Decoder SKELETON = new Skeleton();
  private static final Decoder LEET = new Leet();

  private final Node root;
  private final Map<Set<View>, Reading> readings = new HashMap<>();
  private long decoded;

  private Views(NormalizedText plain) {
    this.root = new Node(plain, 0);
  }

  /** The views of a whole text. */
  public static Views of(String text) {
    return of(text, true);
  }

  /**
   * The views of a text or of the beginning of one.
   *
   * @param ended whether nothing more will come
   */
  public static Views of(String text, boolean ended) {
    return new Views(NormalizedText.of(text, ended));
  }

  /** The plain view. */
  public NormalizedText plain() {
    return root.text;
  }

  /**
   * The text in all wanted views, the plain one first, then by what was decoded from where. A text
   * that was decoded twice is among them when both steps are wanted.
   *
   * @throws TextLimitException when what is encoded is many times longer than the text
   */
  public List<NormalizedText> texts(Set<View> wanted) {
    return reading(wanted).texts;
  }

  /**
   * The position of the original before which every match is certain, whatever comes.
   *
   * @param wanted the views that are looked at
   * @param need how many characters of a view must be known behind the beginning of a match
   */
  public int decidedBefore(Set<View> wanted, int need) {
    Reading reading = reading(wanted);
    int position = Math.min(reading.pending, root.text.original().length());
    for (NormalizedText text : reading.texts) {
      if (text.isOpen()) {
        int at = text.length() <= need ? text.begin() : text.originalStart(text.length() - need);
        position = Math.min(position, at);
      }
    }
    return position;
  }

  /** The texts in some views, and before which position no more of them will come. */
  private static final class Reading {
    private final List<NormalizedText> texts = new ArrayList<>();
    private int pending = Decoded.NONE;

    void pending(int position) {
      pending = Math.min(pending, position);
    }
  }

  private Reading reading(Set<View> wanted) {
    Reading reading = readings.get(wanted);
    if (reading == null) {
      reading = new Reading();
      walk(root, wanted, reading);
      readings.put(wanted, reading);
    }
    return reading;
  }

  /**
   * The position of the original from which on the text must be kept so that everything from {@code
   * position} on is found as if all of it were kept.
   *
   * @param context the least index of a view that may matter for a match at an index of it
   */
  public int contextStart(
      Set<View> wanted, int position, ToIntBiFunction<NormalizedText, Integer> context) {
    int start = position;
    List<NormalizedText> texts = texts(wanted);
    for (NormalizedText text : texts) {
      if (text.length() > 0 && text.begin() < position && text.end() > position - SURROUNDINGS) {
        int index = context.applyAsInt(text, text.indexAt(position));
        start = Math.min(start, text.originalStart(Math.max(0, index)));
      }
    }
    // What a text was decoded from needs its own surroundings, once for each step.
    for (int step = 0; step < MAX_DEPTH; step++) {
      int from = start;
      for (NormalizedText text : texts) {
        if (text.length() > 0 && text.begin() < from && text.end() >= from) {
          start = Math.min(start, before(text, from, SURROUNDINGS));
        }
      }
    }
    int index = root.text.indexAt(start) - SURROUNDINGS - NormalizedText.MAX_INVISIBLE;
    return index <= 0 ? 0 : Math.min(position, root.text.originalStart(index));
  }

  private static int before(NormalizedText text, int position, int characters) {
    return text.originalStart(Math.max(0, text.indexAt(position) - characters));
  }

  private void walk(Node node, Set<View> wanted, Reading reading) {
    reading.texts.add(node.text);
    if (node.text.view() == View.ROT13) {
      return;
    }
    folds(node, wanted, reading);
    boolean hasRoom = node.depth == 0 || node.text.isOpen() || node.text.length() >= SHORTEST;
    if (node.depth == MAX_DEPTH || !hasRoom) {
      return;
    }
    for (Decoder decoder : DECODERS) {
      if (wanted.contains(decoder.view()) && (node.depth == 0 || decoder.view() != View.HIDDEN)) {
        Nodes made = node.read(decoder);
        reading.pending(made.pending);
        made.nodes.forEach(child -> walk(child, wanted, reading));
      }
    }
  }

  /** Leetspeak is read from the skeleton where there is one: both disguises may be worn at once. */
  private static void folds(Node node, Set<View> wanted, Reading reading) {
    List<Node> skeletons = List.of();
    if (wanted.contains(View.SKELETON)) {
      Nodes made = node.read(SKELETON);
      reading.pending(made.pending);
      skeletons = made.nodes;
      skeletons.forEach(n -> reading.texts.add(n.text));
    }
    if (wanted.contains(View.LEET)) {
      Nodes made = (skeletons.isEmpty() ? node : skeletons.getFirst()).read(LEET);
      reading.pending(made.pending);
      made.nodes.forEach(n -> reading.texts.add(n.text));
    }
  }

  /** What a decoder made of a text. */
  private record Nodes(List<Node> nodes, int pending) {}

  private final class Node {
    private final NormalizedText text;
    private final int depth;
    private final Map<Decoder, Nodes> read = new HashMap<>();

    Node(NormalizedText text, int depth) {
      this.text = text;
      this.depth = depth;
    }

    Nodes read(Decoder decoder) {
      Nodes known = read.get(decoder);
      if (known == null) {
        Decoded made = decoder.decode(text);
        made.texts().forEach(Views.this::count);
        known =
            new Nodes(
                made.texts().stream().map(t -> new Node(t, depth + 1)).toList(), made.pending());
        read.put(decoder, known);
      }
      return known;
    }
  }

  private void count(NormalizedText text) {
    decoded += text.length();
    long most = ALWAYS + (long) MAX_GROWTH * root.text.original().length();
    if (decoded > most) {
      throw new TextLimitException(decoded, most);
    }
  }

  /**
   * What a reader of the whole text may want to judge beside the text itself.
   *
   * @param text as it was decoded
   * @param view how: {@code base64}, {@code spaced+rot13}
   * @param start where in the original the encoded text begins
   * @param end where it ends
   */
  public record Candidate(String text, String view, int start, int end) {
    /** Never the text. */
    @Override
    public String toString() {
      return "Candidate[" + view + " " + start + "-" + end + "]";
    }
  }

  /**
   * Everything that the text may say, for detectors that judge whole texts: the plain view first,
   * then its other readings and what was decoded, in the order of where it stands. Readings that
   * say nothing new are left out, and so is ROT13 of what reads better as it stands.
   */
  public List<Candidate> candidates() {
    var candidates = new ArrayList<Candidate>();
    for (NormalizedText text : texts(EnumSet.allOf(View.class))) {
      boolean worse =
          text.view() == View.ROT13 && LetterPairs.gainOfMoving(text.text(), 0, text.length()) >= 0;
      if (!worse && text.length() > 0) {
        candidates.add(new Candidate(text.text(), text.viewName(), text.begin(), text.end()));
      }
    }
    candidates
        .subList(Math.min(1, candidates.size()), candidates.size())
        .sort(Comparator.comparingInt(Candidate::start));
    return candidates;
  }
}
