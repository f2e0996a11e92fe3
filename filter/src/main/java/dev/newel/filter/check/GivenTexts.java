package dev.newel.filter.check;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads texts to judge. What it says of bad ones never quotes more of them than a field's value.
 */
public final class GivenTexts {
  /** The longest text, in UTF-16 units; what carries it may be limited further. */
  private static final int LONGEST = 20 << 20;

  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxStringLength(LONGEST).build())
          .build();

  private interface Reading<T> {
    T read(JsonParser parser) throws IOException, BadTextException;
  }

  private GivenTexts() {}

  /**
   * Reads one object.
   *
   * @param number the id of a text that has none
   * @throws BadTextException when it is none
   */
  public static GivenText one(byte[] json, int number) throws BadTextException {
    return whole(json, parser -> GivenText.read(parser, number));
  }

  /**
   * Reads an array of objects; those without an id are numbered from 1.
   *
   * @param most how many there may be
   * @throws BadTextException when it is none, or one of its elements is none
   */
  public static List<GivenText> array(byte[] json, int most) throws BadTextException {
    return whole(json, parser -> elements(parser, most));
  }

  /**
   * Reads objects, one a line; blank lines are passed over, those without an id are numbered by
   * their line.
   *
   * @param most how many there may be
   * @throws BadTextException when a line is none
   */
  public static List<GivenText> lines(byte[] lines, int most) throws BadTextException {
    var texts = new ArrayList<GivenText>();
    int number = 0;
    // ISO 8859-1 keeps every byte as it is, also one that is not UTF-8: the reader says so.
    for (String line : new String(lines, ISO_8859_1).split("\n", -1)) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      limit(texts.size() + 1, most);
      try {
        texts.add(one(line.getBytes(ISO_8859_1), number));
      } catch (BadTextException e) {
        throw e.at("line " + number);
      }
    }
    return texts;
  }

  private static void limit(int number, int most) throws BadTextException {
    if (number > most) {
      throw new BadTextException(
          "has more than %d texts; send them in several requests".formatted(most));
    }
  }

  private static List<GivenText> elements(JsonParser parser, int most)
      throws IOException, BadTextException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new BadTextException("is not a JSON array; write [{\"text\": …}, …]");
    }
    var texts = new ArrayList<GivenText>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int number = texts.size() + 1;
      limit(number, most);
      try {
        texts.add(GivenText.read(parser, number));
      } catch (BadTextException e) {
        throw e.at("[" + (number - 1) + "]");
      }
    }
    return texts;
  }

  private static <T> T whole(byte[] json, Reading<T> reading) throws BadTextException {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new BadTextException("is not in UTF-8; convert it");
    }
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      T read = reading.read(parser);
      if (parser.nextToken() != null) {
        throw new BadTextException("goes on behind its JSON value; write one value");
      }
      return read;
    } catch (JsonProcessingException e) {
      // Jackson's message may quote the text; where it stopped is enough.
      long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw new BadTextException("is not well-formed JSON at column " + column);
    } catch (IOException e) {
      throw new BadTextException("is not well-formed JSON");
    }
  }
}
