package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonStringTest {
  private static String decode(byte[] literal) throws Exception {
    try (var parser = new JsonFactory().createParser(literal)) {
      parser.nextToken();
      return parser.getText();
    }
  }

  @Test
  void everyCharacterSurvivesBeingWrittenLoneSurrogatesIncluded() throws Exception {
    for (int c = 0; c <= 0xffff; c++) {
      String value = "x" + (char) c + "y";
      assertThat(decode(JsonString.literal(value))).as("U+%04X", c).isEqualTo(value);
    }
    assertThat(decode(JsonString.literal("\ud83d\ude00\ude00\ud83d")))
        .isEqualTo("\ud83d\ude00\ude00\ud83d");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"\"", "\"a\\\"b\"", "\"\\\\\"", "\"\\u0022\"", "\"\u20ac\ud83d\ude00\""})
  void theEndOfALiteralIsBehindItsClosingQuote(String literal) {
    // Given
    byte[] json = ("[" + literal + ",\"next\"]").getBytes(UTF_8);
    // Then
    assertThat(JsonString.end(json, 1)).isEqualTo(1 + literal.getBytes(UTF_8).length);
  }
}
