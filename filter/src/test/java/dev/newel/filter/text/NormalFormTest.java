package dev.newel.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class NormalFormTest {
  @Test
  void whatIsKnownToBeItsOwnFormIs() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point++) {
      if (NormalForm.isStable(point)) {
        String own = Character.toString(point);
        assertThat(Normalizer.normalize(own, Normalizer.Form.NFKC))
            .as("U+%04X", point)
            .isEqualTo(own);
      }
    }
  }
}
