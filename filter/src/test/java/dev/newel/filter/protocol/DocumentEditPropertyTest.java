package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.newel.filter.decide.Sweep;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Edits by span against an oracle that knows, because it wrote the document, which bytes each
 * character came from.
 */
class DocumentEditPropertyTest {
  /** Characters, and the ways to write them in JSON. */
  private static final String[][] CHARACTERS = {
    {"a", "a", "\\u0061"},
    {"\"", "\\\"", "\\u0022"},
    {"\\", "\\\\", "\\u005C"},
    {"/", "/", "\\/"},
    {"\n", "\\n", "\\u000a"},
    {"\u0001", "\\u0001"},
    {"\u00e9", "\u00e9", "\\u00e9", "\\u00E9"},
    {"\u20ac", "\u20ac", "\\u20AC"},
    {"\ud83d\ude00", "\ud83d\ude00", "\\ud83d\\ude00", "\\uD83D\\uDE00"},
    {"\u2028", "\u2028", "\\u2028"},
    {"\u007f", "\u007f"},
    {"]", "]"},
    {"}", "}"},
    {",", ","},
  };

  private static final String[] REPLACEMENTS = {"<X>", "", "\"", "\\", "\n\u0001", "\ud83d\ude00"};

  /** The protocol's own, so that no name is a text. */
  private static final List<String> NAMES =
      List.of("message", "delta", "function", "usage", "error");

  /** One character: decoded and as written. */
  private record Written(String character, String literal) {}

  private final StringBuilder json = new StringBuilder();
  private final List<List<Written>> values = new ArrayList<>();

  /** What stands before each value, and behind the last. */
  private final List<String> between = new ArrayList<>();

  @Test
  void onlyTheBytesOfEditedCharactersChange() throws Exception {
    long seed = Long.getLong("newel.seed", 20261124L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      json.setLength(0);
      values.clear();
      between.clear();
      object(random, 0);
      between.add(json.toString());
      check(random, round);
    }
  }

  private void check(Random random, int round) throws Exception {
    var source = new StringBuilder();
    var expected = new StringBuilder();
    var edits = new ArrayList<List<Sweep.Edit>>();
    for (int i = 0; i < values.size(); i++) {
      List<Written> value = values.get(i);
      List<Sweep.Edit> some = random.nextInt(3) == 0 ? List.of() : edits(value, random);
      edits.add(some);
      source.append(between.get(i)).append('"');
      expected.append(between.get(i)).append('"');
      value.forEach(w -> source.append(w.literal()));
      expected.append(edited(value, some));
      source.append('"');
      expected.append('"');
    }
    source.append(between.getLast());
    expected.append(between.getLast());
    var document = Document.parse(source.toString().getBytes(UTF_8), Api.CHAT, Direction.INPUT);
    assertThat(document.texts()).as("texts of %s", source).hasSameSizeAs(values);
    Map<TextPart, List<Sweep.Edit>> byText = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      byText.put(document.texts().get(i), edits.get(i));
    }
    byte[] out = document.edit(byText);
    assertThat(new String(out, UTF_8))
        .as("round %d, from %s", round, source)
        .hasToString(expected.toString());
    try (var parser = new JsonFactory().createParser(out)) {
      while (parser.nextToken() != null) {
        // well-formed to the end
      }
    }
  }

  private static String edited(List<Written> value, List<Sweep.Edit> edits) {
    var out = new StringBuilder();
    int at = 0;
    int next = 0;
    for (Written w : value) {
      if (next < edits.size() && at == edits.get(next).start()) {
        out.append(escaped(edits.get(next).replacement()));
      }
      boolean inside = next < edits.size() && at >= edits.get(next).start();
      if (!inside) {
        out.append(w.literal());
      }
      at += w.character().length();
      if (next < edits.size() && at == edits.get(next).end()) {
        next++;
      }
    }
    return out.toString();
  }

  private static String escaped(String replacement) {
    return replacement
        .replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\u0001", "\\u0001");
  }

  /** Spans of whole characters, in order, not empty. */
  private static List<Sweep.Edit> edits(List<Written> value, Random random) {
    var edits = new ArrayList<Sweep.Edit>();
    int at = 0;
    int start = -1;
    for (Written w : value) {
      if (start < 0 && random.nextInt(4) == 0) {
        start = at;
      }
      at += w.character().length();
      if (start >= 0 && random.nextInt(3) == 0) {
        edits.add(new Sweep.Edit(start, at, REPLACEMENTS[random.nextInt(REPLACEMENTS.length)]));
        start = -1;
      }
    }
    return edits;
  }

  private void object(Random random, int depth) {
    json.append(space(random)).append('{');
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      json.append(i == 0 ? "" : ",")
          .append(space(random))
          .append('"')
          .append(NAMES.get(i))
          .append('"');
      json.append(space(random)).append(':').append(space(random));
      value(random, depth);
      json.append(space(random));
    }
    json.append('}').append(space(random));
  }

  private void value(Random random, int depth) {
    switch (random.nextInt(depth > 3 ? 4 : 6)) {
      case 0 ->
          json.append(List.of("1", "-0.50", "1E+2", "12345678901234567890").get(random.nextInt(4)));
      case 1 -> json.append(List.of("true", "false", "null").get(random.nextInt(3)));
      case 2, 3 -> string(random);
      case 4 -> {
        json.append("{\"content\":");
        object(random, depth + 1);
        json.append('}');
      }
      default -> {
        json.append('[');
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
          json.append(i == 0 ? "" : ",");
          value(random, depth + 1);
        }
        json.append(']');
      }
    }
  }

  private void string(Random random) {
    var written = new ArrayList<Written>();
    int n = random.nextInt(12);
    for (int i = 0; i < n; i++) {
      String[] c = CHARACTERS[random.nextInt(CHARACTERS.length)];
      written.add(new Written(c[0], c[1 + random.nextInt(c.length - 1)]));
    }
    values.add(written);
    between.add(json.toString());
    json.setLength(0);
  }

  private static String space(Random random) {
    return List.of("", "", " ", "\n\t", "\r\n  ").get(random.nextInt(5));
  }
}
