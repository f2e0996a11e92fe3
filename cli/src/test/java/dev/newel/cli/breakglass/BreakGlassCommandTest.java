package dev.newel.cli.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.cli.Ran;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestSpec;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BreakGlassCommandTest {
  @Test
  void helpNamesEveryDecision() {
    var help = Ran.newel("", "breakglass", "help");
    for (Word word : Word.values()) {
      assertThat(help.out()).contains(word.text());
    }
    assertThat(help.out()).contains("request").contains("list");
  }

  @Test
  void withoutACommandItSaysWhichThereAre() {
    var ran = Ran.newel("", "breakglass");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("newel breakglass help");
  }

  @Test
  void textOfOthersCannotMoveTheCursorOrHide() {
    assertThat(Printable.of("a\u001b[2Jb\u202ec\u200bd\ne"))
        .isEqualTo("a\\u{1b}[2Jb\\u{202e}c\\u{200b}d\\u{a}e");
    assertThat(Printable.of("Анна 🚀 <anna@example.com>")).isEqualTo("Анна 🚀 <anna@example.com>");
  }

  @Test
  void aReportShowsWhatSomebodyWroteWithoutBelievingIt() {
    // Given
    var request = new BreakGlassRequest();
    request.setMetadata(new ObjectMetaBuilder().withNamespace("shop").withName("fix").build());
    request.setSpec(
        new BreakGlassRequestSpec(
            "p", "alice", "view", "30m", null, "x\u001b[31m\nphase Closed", true));
    var out = new ByteArrayOutputStream();
    // When
    Report.print(request, new PrintStream(out, true, StandardCharsets.UTF_8));
    // Then
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("x\\u{1b}[31m\\u{a}phase Closed")
        .contains("EMERGENCY")
        .doesNotContain("\u001b")
        .doesNotContain("\nphase");
  }

  @Test
  void aDecisionThatMeansNothingIsNotSent() {
    assertThat(Word.APPROVE.fits(Phase.ACTIVE)).isFalse();
    assertThat(Word.APPROVE.fits(Phase.PENDING)).isTrue();
    assertThat(Word.REVOKE.fits(Phase.PENDING)).isFalse();
    assertThat(Word.REVIEW.fits(Phase.REVOKED)).isTrue();
    assertThat(Word.WITHDRAW.fits(null)).isFalse();
  }
}
