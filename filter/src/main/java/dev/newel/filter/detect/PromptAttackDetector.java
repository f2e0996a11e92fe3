package dev.newel.filter.detect;

import dev.newel.filter.model.Encoder;
import dev.newel.filter.model.Head;
import dev.newel.filter.model.LinearModel;
import dev.newel.filter.model.TextWindows;
import dev.newel.filter.model.Thresholds;
import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import dev.newel.policy.Check;
import dev.newel.policy.Check.Depth;
import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Attempts to steer the model, judged by where a text comes from: what a tool returned is data, and
 * any order to a model in it is an attack; what people write is full of orders, and an attack is
 * what turns against the operator. Looks only at what goes to the model.
 *
 * <p>Each window of a text is judged by the linear model, and with an encoder by both: all windows
 * when the depth is Deep; when it is Auto those of data only, where the encoder is the gain
 * (docs/models.md), at most the {@value #DEEP_WINDOWS} that the linear model finds most suspicious,
 * and as many as a second allows, so that long texts stay within their time. The linear model alone
 * judges the others.
 */
final class PromptAttackDetector implements Detector {
  /** About 32 KiB of English, and a second on one core. */
  private static final int DEEP_WINDOWS = 96;

  /** After this much time Auto leaves what is less suspicious to the linear model. */
  private static final Duration DEEP_TIME = Duration.ofSeconds(1);

  private final Check.PromptAttack check;
  private final Optional<Encoder> encoder;
  private final LinearModel linear = LinearModel.shipped();
  private final Thresholds thresholds = Thresholds.shipped();

  /**
   * Chooses the models.
   *
   * @throws IllegalArgumentException when the depth is Deep and there is no encoder
   */
  PromptAttackDetector(Check.PromptAttack check, Optional<Encoder> shipped) {
    if (check.depth() == Depth.DEEP && shipped.isEmpty()) {
      throw new IllegalArgumentException(
          "depth is Deep, and this image carries no encoder; use an image with models, or depth Auto or Fast");
    }
    this.check = check;
    this.encoder = shipped.filter(_ -> check.depth() != Depth.FAST);
  }

  @Override
  public String name() {
    return "promptAttack";
  }

  /** What is written; what the models make of decoded texts has not been measured yet. */
  @Override
  public Set<View> views() {
    return EnumSet.of(View.PLAIN);
  }

  /** Answers are not judged, so nothing of them is held back. */
  @Override
  public int maxLength() {
    return 0;
  }

  @Override
  public int lookAhead() {
    return 0;
  }

  @Override
  public List<Match> detect(NormalizedText text, Window window) {
    if (window.origin().direction() == Direction.OUTPUT) {
      return List.of();
    }
    Head head = window.origin().part() == Part.TOOL_RESULT ? Head.DOCUMENT : Head.DIRECT;
    List<TextWindows.Span> spans =
        TextWindows.of(text.text()).stream().filter(s -> window.contains(s.start())).toList();
    float[] logits = new float[spans.size()];
    for (int i = 0; i < logits.length; i++) {
      window.checkDeadline();
      TextWindows.Span s = spans.get(i);
      logits[i] =
          linear
              .judge(
                  text.text().substring(s.start(), s.end()),
                  text.folded().substring(s.start(), s.end()),
                  head)[0];
    }
    // How far a logit lies above its threshold; those of the two depths compare no other way.
    float[] above = minus(logits, thresholds.of(head, false, check.sensitivity()));
    if (check.depth() == Depth.DEEP || head == Head.DOCUMENT) {
      encoder.ifPresent(e -> deepen(e, head, text, spans, logits, above, window.deadline()));
    }
    return matches(spans, above);
  }

  private void deepen(
      Encoder judge,
      Head head,
      NormalizedText text,
      List<TextWindows.Span> spans,
      float[] logits,
      float[] above,
      long deadline) {
    boolean all = check.depth() == Depth.DEEP;
    List<Integer> chosen =
        IntStream.range(0, logits.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits[i]))
            .limit(all ? Long.MAX_VALUE : DEEP_WINDOWS)
            .toList();
    float threshold = thresholds.of(head, true, check.sensitivity());
    long enough = System.nanoTime() + DEEP_TIME.toNanos();
    for (int i : chosen) {
      if (!all && System.nanoTime() - enough > 0) {
        return;
      }
      TextWindows.Span s = spans.get(i);
      float[] answer = judge.judge(text.text().substring(s.start(), s.end()), deadline);
      above[i] = answer[head.index()] + thresholds.share(head) * logits[i] - threshold;
    }
  }

  private static float[] minus(float[] values, float threshold) {
    float[] out = Arrays.copyOf(values, values.length);
    for (int i = 0; i < out.length; i++) {
      out[i] -= threshold;
    }
    return out;
  }

  /** Windows that overlap are one match, of the highest score. */
  private static List<Match> matches(List<TextWindows.Span> spans, float[] above) {
    var matches = new ArrayList<Match>();
    int start = -1;
    int end = 0;
    float most = 0;
    for (int i = 0; i <= above.length; i++) {
      boolean alarm = i < above.length && above[i] >= 0;
      if (start >= 0 && (!alarm || spans.get(i).start() > end)) {
        matches.add(new Match("PROMPT_ATTACK", start, end, score(most)));
        start = -1;
      }
      if (alarm) {
        most = start < 0 ? above[i] : Math.max(most, above[i]);
        start = start < 0 ? spans.get(i).start() : start;
        end = spans.get(i).end();
      }
    }
    return matches;
  }

  /** From 0.5 at the threshold to 1, with two decimals. */
  private static double score(float above) {
    return Math.round(100 / (1 + Math.exp(-above))) / 100.0;
  }
}
