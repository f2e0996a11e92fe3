package dev.newel.filter.stream;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.pattern;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.MaskStyle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StreamWindowTest {
  private static final String[] PIECES = {
    "mail alice.b+c@example.co.uk now",
    "a@b.cd",
    "@",
    ".",
    "..",
    "bob@x",
    "@y.example.org",
    "DE89 3704 0044 0532 0130 00",
    "DE89370400440532013000",
    "gb29nwbk60161331926819",
    "4111 1111 1111 1111",
    "5500-0050-5555-5559",
    "378282246310005",
    "411111111111111",
    "project-aurora",
    "Project\u200b-Aurora",
    "PROJECT-AURORAS",
    "123456-X",
    "1234567-X",
    "aaaaa",
    "\ud83d\ude00",
    "\ud83d",
    "\ufb01\ufb02",
    "\u00ad",
    " ",
    "\n",
    "e\u0301",
    "\uff11\uff12\uff13\uff14\uff15\uff16-X",
    "normal words here ",
    "x",
    "0",
    "\u200b\u200c\u200d",
    "foobar",
    "barfoobarfoo",
    "pr\u043ej\u0435ct-aurora",
    "pr0ject-auror@",
    "p r o j e c t - a u r o r a ",
    "p.r.o.j.e.c.t",
    "ab",
    "cHJvamVjdC1hdXJvcmE=",
    "bWFpbCBhbGljZS5iK2NAZXhhbXBsZS5jby51ayBub3cgcHJvamVjdC1hdXJvcmEgaXMgaGVyZQ==",
    "bWFpbCBhbGljZS5iK2NAZXhhbXBs\nZS5jby51ayBub3cg\ncHJvamVjdC1hdXJvcmEgaXMgaGVyZQ",
    "70726f6a6563742d6175726f7261",
    "70 72 6f 6a 65 63 74 2d 61 75 72 6f 72 61 ",
    "112, 114, 111, 106, 101, 99, 116, 45, 97, 117, 114, 111, 114, 97 ",
    "01100110 01101111 01101111 01100010 01100001 01110010 01100110 01101111 01101111 ",
    "%70roject%2Daurora",
    "p&#114;oject-aur&#x6f;ra",
    "\\u0070roject-aurora",
    "%66oo",
    "%2566oo",
    "foo&",
    "%E2%82%ACa@b.cd",
    "cebwrpg-nheben",
    "..-. --- --- / -... .- .-. ",
    "\udb40\udc66\udb40\udc6f\udb40\udc6f",
    "\udb40\udd56\udb40\udd5f\udb40\udd5f",
    "NDExMSAxMTExIDExMTEgMTExMQ==",
    "\uff05\uff16\uff16oo",
    "Y0hKdmFtVmpkQzFoZFhKdmNtRWdhWE1nYUdWeVpR",
    "\u0430",
    "AAAAAAAAAAAAAAAA",
    "=66oo",
  };

  @Test
  void anyChunkingGivesTheMaskingOfTheWhole() {
    long seed = Long.getLong("newel.seed", 20261123L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var views = new TreeSet<String>();
    for (int round = 0; round < 400; round++) {
      Engine engine = randomEngine(random);
      String text = randomText(random);
      String whole = stream(engine, List.of(text));
      var judged = engine.judge(text, Origin.ANSWER);
      judged.findings().forEach(f -> views.add(f.view()));
      if (judged.action() != Action.BLOCK) {
        assertThat(whole).as("whole of round %d", round).isEqualTo(judged.masked().orElseThrow());
      }
      assertThat(stream(engine, cut(text, random)))
          .as("round %d, text %s", round, escape(text))
          .isEqualTo(whole);
    }
    assertThat(views)
        .contains("plain", "skeleton", "leet", "spaced", "escapes", "base64", "hex", "binary")
        .contains("decimal", "morse", "rot13", "hidden", "base64+base64", "escapes+escapes");
  }

  @Test
  void anInvisibleRunOfAnyLengthDoesNotChangeTheResult() {
    Engine engine =
        engine(
            rule("w", words("ab", "abc"), Action.MASK),
            rule("p", pattern("a.{0,3}c"), Action.MASK));
    for (int n : new int[] {1, 255, 256, 257, 600}) {
      String text = "x a" + "\u200b".repeat(n) + "b c and a" + "\u200b".repeat(n) + "bc";
      var ones = new ArrayList<String>();
      text.chars().forEach(c -> ones.add(Character.toString(c)));
      assertThat(stream(engine, ones)).isEqualTo(stream(engine, List.of(text)));
    }
  }

  @Test
  void holdsBackNoMoreThanTheLongestMatch() {
    Engine engine = engine(rule("p", pattern("[0-9]{6}-X"), Action.MASK));
    var window = new StreamWindow(engine, Origin.ANSWER);
    for (int i = 0; i < 1000; i++) {
      for (char c : "we saw 77 cats ".toCharArray()) {
        window.add(Character.toString(c));
        assertThat(window.held()).isLessThanOrEqualTo(9);
      }
    }
  }

  @Test
  void holdsBackNoMoreOfEncodedTextThanItsEncodingIsLonger() {
    Engine engine = engine(rule("w", words("a".repeat(50)), Action.MASK));
    String word = "y".repeat(150);
    for (String encoded :
        List.of(
            Base64.getEncoder().encodeToString(word.getBytes(UTF_8)),
            HexFormat.of().formatHex(word.getBytes(UTF_8)),
            "y ".repeat(150),
            "%79".repeat(150),
            "\\u0079".repeat(150),
            "01111001 ".repeat(150),
            Base64.getEncoder().encodeToString("\\u0079".repeat(150).getBytes(UTF_8)),
            "a".repeat(2_000))) {
      var window = new StreamWindow(engine, Origin.ANSWER);
      for (int i = 0; i < encoded.length(); i++) {
        window.add(encoded.substring(i, i + 1));
        assertThat(window.held()).isLessThanOrEqualTo(9 * (51 + 8));
      }
    }
  }

  @Test
  void aBlockReleasesNothingOfTheSpan() {
    Engine engine = engine(rule("w", words("project-aurora"), Action.BLOCK));
    var out = new StringBuilder();
    var window = new StreamWindow(engine, Origin.ANSWER);
    for (char c : "we will ship project-aurora soon, and then some more text".toCharArray()) {
      var released = window.add(Character.toString(c));
      out.append(released.text());
      if (released.blocked().isPresent()) {
        assertThat(out).hasToString("we will ship ");
        return;
      }
    }
    throw new AssertionError("not blocked; out: " + out);
  }

  private static String stream(Engine engine, List<String> pieces) {
    var window = new StreamWindow(engine, Origin.ANSWER);
    var out = new StringBuilder();
    for (String piece : pieces) {
      var released = window.add(piece);
      out.append(released.text());
      if (released.blocked().isPresent()) {
        return out + "[BLOCKED " + released.blocked().get().start() + "]";
      }
    }
    var released = window.end();
    out.append(released.text());
    return released.blocked().isPresent()
        ? out + "[BLOCKED " + released.blocked().get().start() + "]"
        : out.toString();
  }

  private static Engine randomEngine(Random random) {
    MaskStyle[] styles = MaskStyle.values();
    Check[] checks = {
      everything(),
      words("project-aurora", "foo", "bar", "foobar", "x", "project aurora is", "sch\u00f6n"),
      new Check.Words(new TreeSet<>(List.of("aa", "oba", "fi", "1")), Check.WordMatch.SUBSTRING),
      pattern("\\b[0-9]{6}-X\\b", "a{2,4}"),
      pattern("(?i)foo(bar)?|[^a-z ]{3}", "o.{0,5}o"),
    };
    var rules = new ArrayList<dev.newel.policy.Rule>();
    for (int i = 0; i < checks.length; i++) {
      if (random.nextInt(3) > 0 || (i == checks.length - 1 && rules.isEmpty())) {
        Action action =
            random.nextInt(12) == 0
                ? Action.BLOCK
                : random.nextInt(5) == 0 ? Action.DETECT : Action.MASK;
        rules.add(rule("r" + i, checks[i], action, styles[random.nextInt(styles.length)]));
      }
    }
    return engine(rules.toArray(dev.newel.policy.Rule[]::new));
  }

  private static String randomText(Random random) {
    var text = new StringBuilder();
    // One in ten is long enough that what has passed is forgotten.
    int n = 1 + random.nextInt(random.nextInt(10) == 0 ? 250 : 40);
    for (int i = 0; i < n; i++) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
      if (random.nextBoolean()) {
        text.append(' ');
      }
    }
    return text.toString();
  }

  private static List<String> cut(String text, Random random) {
    var pieces = new ArrayList<String>();
    int most = 1 + random.nextInt(30);
    for (int at = 0; at < text.length(); ) {
      int next = Math.min(text.length(), at + 1 + random.nextInt(most));
      pieces.add(text.substring(at, next));
      at = next;
    }
    return pieces;
  }

  private static String escape(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.append(c < 128 ? Character.toString(c) : "\\u%04x".formatted(c)));
    return out.toString();
  }
}
