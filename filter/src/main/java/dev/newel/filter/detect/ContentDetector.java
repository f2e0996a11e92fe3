package dev.newel.filter.detect;

import dev.newel.filter.model.Head;
import dev.newel.filter.model.LinearModel;
import dev.newel.filter.model.Sentences;
import dev.newel.filter.model.Thresholds;
import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import dev.newel.policy.Check;
import dev.newel.policy.Check.Category;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Harmful content, sentence by sentence, with the linear model alone. */
final class ContentDetector implements Detector {
  private final Category[] categories;
  private final Head[] heads;
  private final float[] thresholds;
  private final LinearModel linear = LinearModel.shipped();

  ContentDetector(Check.Content check) {
    this.categories = check.categories().toArray(Category[]::new);
    this.heads = new Head[categories.length];
    this.thresholds = new float[categories.length];
    for (int i = 0; i < categories.length; i++) {
      heads[i] = head(categories[i]);
      thresholds[i] = Thresholds.shipped().of(heads[i], false, check.sensitivity());
    }
  }

  private static Head head(Category category) {
    return switch (category) {
      case HATE -> Head.HATE;
      case VIOLENCE -> Head.VIOLENCE;
      case SELF_HARM -> Head.SELF_HARM;
      case SEXUAL -> Head.SEXUAL;
      case CRIMINAL -> Head.CRIMINAL;
    };
  }

  @Override
  public String name() {
    return "content";
  }

  /** What is written; what the models make of decoded texts has not been measured yet. */
  @Override
  public Set<View> views() {
    return EnumSet.of(View.PLAIN);
  }

  @Override
  public int maxLength() {
    return Sentences.MAX_LENGTH;
  }

  @Override
  public int lookAhead() {
    return Sentences.LOOK_AHEAD;
  }

  @Override
  public List<Match> detect(NormalizedText text, Window window) {
    var matches = new ArrayList<Match>();
    String characters = text.text();
    for (int start = window.from(); start < window.to(); start++) {
      if (!Sentences.beginsAt(characters, start)) {
        continue;
      }
      window.checkDeadline();
      int end = Sentences.end(characters, start);
      float[] logits =
          linear.judge(
              characters.substring(start, end), text.folded().substring(start, end), heads);
      for (int i = 0; i < heads.length; i++) {
        float above = logits[i] - thresholds[i];
        if (above >= 0) {
          double score = Math.round(100 / (1 + Math.exp(-above))) / 100.0;
          matches.add(new Match(categories[i].name(), start, end, score));
        }
      }
    }
    return matches;
  }
}
