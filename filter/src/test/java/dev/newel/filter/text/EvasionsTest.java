package dev.newel.filter.text;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of {@code docs/evasions.md}: each evasion is found, in the view that the page names,
 * and masked where it was written. {@code -Dnewel.regenerate=true} writes the page anew.
 */
class EvasionsTest {
  private static final Path PAGE = Path.of("../docs/evasions.md");

  private static final Engine ENGINE =
      engine(
          rule("word", words("project-aurora"), Action.MASK),
          rule("pii", everything(), Action.MASK));

  /**
   * A row.
   *
   * @param name of the evasion
   * @param written between {@code "Ask about "} and {@code " today."}
   * @param view in which it is found
   */
  record Evasion(String name, String written, String view) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Evasion> evasions() {
    String word = "project-aurora";
    byte[] bytes = word.getBytes(UTF_8);
    return Stream.of(
        new Evasion("other case", "PROJECT-Aurora", "plain"),
        new Evasion("full-width letters", shifted("project-aurora", 0xff01 - 0x21), "plain"),
        new Evasion("mathematical letters", math("project") + "-" + math("aurora"), "plain"),
        new Evasion("zero-width space inside", "pro\u200bject\u200d-au\u2060rora", "plain"),
        new Evasion("soft hyphen, variation selector", "pro\u00adject-au\ufe0frora", "plain"),
        new Evasion("bidirectional controls", "\u202dproject\u2066-aurora\u202c", "plain"),
        new Evasion("written as one word", "ProjectAurora", "plain"),
        new Evasion("Cyrillic letters", "pr\u043ej\u0435ct-\u0430ur\u043er\u0430", "skeleton"),
        new Evasion("Greek letters", "\u03c1roject-\u03b1ur\u03bfra", "skeleton"),
        new Evasion(
            "small capitals",
            "\u1d18\u0280\u1d0f\u1d0a\u1d07\u1d04\u1d1b-\u1d00\u1d1c\u0280\u1d0f\u0280\u1d00",
            "skeleton"),
        new Evasion("accents", "pr\u00f6j\u00e9ct-\u00e0\u00fbr\u00f5ra", "skeleton"),
        new Evasion("combining marks over all letters", marked(word), "skeleton"),
        new Evasion(
            "letters in black squares", boxed("project") + "-" + boxed("aurora"), "skeleton"),
        new Evasion("typographic hyphen", "project\u2013aurora", "skeleton"),
        new Evasion("leetspeak", "pr0j3ct-4ur0r4", "leet"),
        new Evasion("signs for letters", "project-@ur0r@", "leet"),
        new Evasion("leetspeak and homoglyphs", "pr\u043ej3ct-aur0r\u0430", "skeleton+leet"),
        new Evasion("letters with spaces between", "p r o j e c t   a u r o r a", "spaced"),
        new Evasion("letters with dots between", "p.r.o.j.e.c.t.a.u.r.o.r.a", "spaced"),
        new Evasion("letters with hyphens between", "p-r-o-j-e-c-t---a-u-r-o-r-a", "spaced"),
        new Evasion("percent encoding", "%70roject%2Daurora", "escapes"),
        new Evasion("percent encoding twice", "%2570roject-aurora", "escapes+escapes"),
        new Evasion("HTML references", "p&#114;oject&hyphen;au&#x72;ora", "escapes"),
        new Evasion(
            "escapes of JavaScript and Python", "\\u0070roject\\x2daur\\u{6f}ra", "escapes"),
        new Evasion("quoted-printable", "pro=6Aect-=\nau=72ora", "escapes"),
        new Evasion("a line break as two characters", "see:\\nproject-aurora", "escapes"),
        new Evasion("base64", base64(bytes), "base64"),
        new Evasion(
            "base64 without padding, behind other characters",
            "xY" + base64(bytes).replace("=", ""),
            "base64"),
        new Evasion("base64 of UTF-16", base64(word.getBytes(UTF_16LE)), "base64"),
        new Evasion(
            "base64 over two lines",
            base64("the name is project-aurora, is it not?".getBytes(UTF_8))
                .replaceAll("(.{24})", "$1\n"),
            "base64"),
        new Evasion("base64 twice", base64(base64(bytes).getBytes(UTF_8)), "base64+base64"),
        new Evasion("base64 of leetspeak", base64("pr0ject-aur0ra".getBytes(UTF_8)), "base64+leet"),
        new Evasion("hexadecimal", HexFormat.of().formatHex(bytes), "hex"),
        new Evasion("hexadecimal in pairs", HexFormat.ofDelimiter(" ").formatHex(bytes), "hex"),
        new Evasion(
            "hexadecimal as in a program",
            HexFormat.ofDelimiter(", ").withPrefix("0x").formatHex(bytes),
            "hex"),
        new Evasion(
            "binary",
            numbers(word, c -> "%8s".formatted(Integer.toBinaryString(c)).replace(' ', '0')),
            "binary"),
        new Evasion("character codes", numbers(word, Integer::toString), "decimal"),
        new Evasion("Morse code", ".--. .-. --- .--- . -.-. - / .- ..- .-. --- .-. .-", "morse"),
        new Evasion("ROT13", "cebwrpg-nheben", "rot13"),
        new Evasion(
            "base64 of ROT13", base64("cebwrpg-nheben is here".getBytes(UTF_8)), "base64+rot13"),
        new Evasion("tag characters", "this" + shifted(word, 0xe0000), "hidden"),
        new Evasion("variation selectors", "this" + selectors(word), "hidden"),
        new Evasion(
            "an address in base64", base64("write to alice@example.com".getBytes(UTF_8)), "base64"),
        new Evasion(
            "a card number in Arabic digits",
            shifted("4111111111111111", 0x660 - '0'),
            "skeleton"));
  }

  @ParameterizedTest
  @MethodSource("evasions")
  void isFoundAndMaskedWhereItWasWritten(Evasion evasion) {
    // When
    var judged = ENGINE.judge("Ask about " + evasion.written() + " today.", Origin.PROMPT);

    // Then
    assertThat(judged.findings()).extracting(f -> f.view()).contains(evasion.view());
    assertThat(judged.masked().orElseThrow()).startsWith("Ask about ").endsWith(" today.");
    assertThat(ENGINE.judge(judged.masked().orElseThrow(), Origin.PROMPT).findings()).isEmpty();
  }

  /** What reads like an evasion and is none. */
  @Test
  void innocentTextIsLeftAlone() {
    Engine engine =
        engine(
            rule(
                "words",
                words(
                    "ass",
                    "cop",
                    "green",
                    "hell",
                    "terra",
                    "anal",
                    "bass",
                    "rape",
                    "cum laude",
                    "schön"),
                Action.BLOCK));
    for (String innocent :
        List.of(
            "He was as sure as he was a student; a class, an analysis.",
            "Model A55 costs $55 or 455 points, see 4n41 and part 8455-2.",
            "I am a s. I'm a so-so a. A.S. Smith, U.S.A., e.g. as so",
            "Der Berg ist schon hoch. Это сор и роса на ухе.",
            "Send 68656c70 or aGVscA== or deadbeefdeadbeefdeadbeefdeadbeef.",
            "The 100, 101, 108, 108, 111 numbers and the be ad ac ed words",
            "assess the grapes, then: hello.",
            "https://example.com/path?q=a%20s%20s&x=1#top",
            "Options: a) s, b) s; 1. 2. 3. ... --- ... -- . -- .",
            "hearne, gurer, nany: names.")) {
      assertThat(engine.judge(innocent, Origin.PROMPT).findings()).as(innocent).isEmpty();
    }
  }

  @Test
  void thePageIsWhatHappens() throws IOException {
    String rows =
        evasions()
            .map(e ->
                "| %s | `%s` | `%s` | `%s` |"
                    .formatted(
                        e.name(),
                        shown(e.written()),
                        e.view(),
                        shown(ENGINE.judge(e.written(), Origin.PROMPT).masked().orElseThrow())))
            .collect(Collectors.joining("\n"));
    String page = Files.readString(PAGE);
    int from = page.indexOf("<!-- evasions: begin -->\n") + "<!-- evasions: begin -->\n".length();
    int to = page.indexOf("<!-- evasions: end -->");
    String expected =
        page.substring(0, from)
            + "\n| Evasion | Written | Found in the view | Masked |\n|---|---|---|---|\n"
            + rows
            + "\n\n"
            + page.substring(to);
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(expected);
  }

  /** Printable ASCII as it is, all else as an escape. */
  private static String shown(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          if (point == '|') {
            out.append("\\|");
          } else if (point >= 0x20 && point < 0x7f) {
            out.append((char) point);
          } else if (point == '\n') {
            out.append("\u21b5");
          } else if (Character.isLetter(point)) {
            out.appendCodePoint(point);
          } else {
            out.append("[U+%04X]".formatted(point));
          }
        });
    return out.length() > 100 ? out.substring(0, 100) + "..." : out.toString();
  }

  private static String shifted(String text, int by) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.appendCodePoint(c + by));
    return out.toString();
  }

  private static String math(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.appendCodePoint(0x1d41a + c - 'a'));
    return out.toString();
  }

  private static String boxed(String text) {
    var out = new StringBuilder();
    text.chars().forEach(c -> out.appendCodePoint(0x1f170 + c - 'a'));
    return out.toString();
  }

  private static String marked(String text) {
    return text.chars()
        .mapToObj(c -> Character.toString(c) + "\u0336\u0310")
        .collect(Collectors.joining());
  }

  private static String selectors(String text) {
    return shifted(text, 0xe0100 - 16);
  }

  private static String numbers(String text, java.util.function.IntFunction<String> number) {
    return text.chars().mapToObj(number).collect(Collectors.joining(" "));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
