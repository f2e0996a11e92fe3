package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A streamed answer as a model's server would tell it, of random texts cut at random places, and
 * what was put into it. A key says where a text stands; it begins with what it belongs to.
 */
final class Told {
  private static final String[] PIECES = {
    "mail alice.b+c@example.co.uk now",
    "@",
    "bob@x",
    ".example.org",
    "DE89 3704 0044 0532 0130 00",
    "gb29nwbk60161331926819",
    "4111 1111 1111 1111",
    "project-aurora",
    "Project\u200b-Aurora",
    "123456-X",
    "\ud83d\ude00",
    "\ufb01\uff11\u00e9\u20ac",
    "\"quoted\" \\ {\"finish_reason\":\"stop\"}",
    "\n\r\t\u2028",
    "data: [DONE]\n\n",
    " ",
    "normal words here ",
    "x",
  };

  /** Texts by key, as they are to be read; of JSON texts what {@link #reading} makes of them. */
  final Map<String, String> texts = new TreeMap<>();

  private final Random random;
  private final String line;
  private final StringBuilder stream = new StringBuilder();

  Told(Random random) {
    this.random = random;
    this.line = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
  }

  byte[] bytes() {
    return stream.toString().getBytes(UTF_8);
  }

  /** Writes an event, and now and then a line that is none. */
  void event(String name, String data) {
    if (random.nextInt(6) == 0) {
      stream.append(": comment").append(line);
    }
    if (!name.isEmpty()) {
      stream.append("event: ").append(name).append(line);
    }
    stream.append("data: ").append(data).append(line).append(line);
  }

  /** A text of some pieces, one after the other. */
  String text(String key) {
    var out = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      boolean whole = random.nextInt(3) > 0;
      int to =
          piece.offsetByCodePoints(0, 1 + random.nextInt(piece.codePointCount(0, piece.length())));
      out.append(whole ? piece : piece.substring(0, to));
    }
    texts.put(key, out.toString());
    return out.toString();
  }

  /** Arguments of a tool: strings, lists and numbers, with escapes that need not be. */
  String arguments(String key) {
    var json = new StringBuilder("{");
    var read = new StringBuilder("{");
    int members = random.nextInt(5);
    for (int i = 0; i < members; i++) {
      boolean atom = random.nextInt(3) == 0;
      String name = (i == 0 ? "" : ",") + (atom ? "\"n" : "\"k") + i + "\":";
      json.append(name);
      read.append(name);
      if (atom) {
        String number =
            List.of("4111111111111111", "-1.5e3", "true", "null").get(random.nextInt(4));
        json.append(number);
        read.append(number);
      } else {
        String value = text(key);
        json.append(literal(value));
        read.append('"').append(value).append('"');
      }
    }
    texts.put(key, read.append('}').toString());
    return json.append('}').toString();
  }

  /** Arguments as they are to be read, by a parser of its own. */
  static String reading(String arguments) {
    var out = new StringBuilder("{");
    ((Map<?, ?>) Tree.read(arguments))
        .forEach((name, value) -> {
          String quote = name.toString().startsWith("n") ? "" : "\"";
          out.append(out.length() > 1 ? "," : "").append('"').append(name).append("\":");
          out.append(quote).append(value).append(quote);
        });
    return out.append('}').toString();
  }

  /** Cuts a text, also between the halves of a character. */
  List<String> cut(String text) {
    var pieces = new ArrayList<String>();
    int most = 1 + random.nextInt(random.nextBoolean() ? 4 : 60);
    for (int at = 0; at < text.length(); ) {
      int to = Math.min(text.length(), at + 1 + random.nextInt(most));
      pieces.add(text.substring(at, to));
      at = to;
    }
    if (pieces.isEmpty() || random.nextInt(5) == 0) {
      pieces.add("");
    }
    return pieces;
  }

  /** A literal that escapes some of what need not be escaped. */
  String literal(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
      if (pair && random.nextBoolean()) {
        out.append(c).append(text.charAt(++i));
      } else if (c < 0x20
          || c == '"'
          || c == '\\'
          || Character.isSurrogate(c)
          || random.nextInt(8) == 0) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
