package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseSplitterTest {
  private static List<String> events(String stream) {
    return new SseSplitter()
        .add(stream.getBytes(UTF_8)).stream().map(e -> new String(e, UTF_8)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void aBlankLineEndsAnEventWhateverEndsLines(String end) {
    // The character behind tells whether a carriage return stands alone.
    String stream = "id: 1" + end + "data: a" + end + end + "data: b" + end + end + ":";
    assertThat(events(stream))
        .containsExactly("id: 1" + end + "data: a" + end + end, "data: b" + end + end);
  }

  @Test
  void piecesOfAnySizeGiveTheSameEventsAndLoseNoByte() {
    long seed = Long.getLong("newel.seed", 20261125L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    String[] parts = {"data: x\u20ac", ":c", "\n", "\r\n", "\r", "\n\n", "event: e", "data:", " "};
    for (int round = 0; round < 3000; round++) {
      var stream = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        stream.append(parts[random.nextInt(parts.length)]);
      }
      byte[] bytes = stream.toString().getBytes(UTF_8);
      var whole = new SseSplitter();
      var cut = new SseSplitter();
      var events = new ArrayList<byte[]>();
      for (int at = 0; at < bytes.length; ) {
        int to = Math.min(bytes.length, at + 1 + random.nextInt(6));
        events.addAll(cut.add(Arrays.copyOfRange(bytes, at, to)));
        at = to;
      }
      assertThat(events).containsExactlyElementsOf(whole.add(bytes));
      var all = new StringBuilder();
      events.forEach(e -> all.append(new String(e, UTF_8)));
      all.append(new String(cut.rest(), UTF_8));
      assertThat(all).as("round %d", round).hasToString(stream.toString());
    }
  }

  @Test
  void dataIsWhatAClientWouldSee() {
    assertThat(SseSplitter.data("data: a\ndata:b\n\n".getBytes(UTF_8))).contains("a\nb");
    assertThat(SseSplitter.data("id: 1\rdata: a\r\r".getBytes(UTF_8))).contains("a");
    assertThat(SseSplitter.data("data\ndata: a\n\n".getBytes(UTF_8))).contains("\na");
    assertThat(SseSplitter.data("\ufeffdata: a\n\n".getBytes(UTF_8))).contains("a");
    assertThat(SseSplitter.data(": data: a\n\n".getBytes(UTF_8))).isEmpty();
    assertThat(SseSplitter.data("datax: a\n\n".getBytes(UTF_8))).isEmpty();
    assertThat(SseSplitter.data("data:\n\n".getBytes(UTF_8))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void replacingDataLeavesTheOtherLines(String end) {
    // Given
    String event = "id: 1" + end + "data: a" + end + ":c" + end + "data: b" + end + end;
    // When
    byte[] out = SseSplitter.withData(event.getBytes(UTF_8), "X".getBytes(UTF_8));
    // Then
    assertThat(new String(out, UTF_8))
        .isEqualTo("id: 1" + end + "data: X" + end + ":c" + end + end);
  }

  @Test
  void anEventWithoutEndIsNotCollectedForEver() {
    var splitter = new SseSplitter();
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 6; i++) {
                splitter.add(new byte[1 << 20]);
              }
            })
        .isInstanceOf(IllegalStateException.class);
  }
}
