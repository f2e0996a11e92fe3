package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sensitive data: runs the recogniser of each entity that the rule names. */
final class SensitiveDetector implements Detector {
  private final List<Recognizer> recognizers;

  SensitiveDetector(Collection<Entity> entities) {
    this.recognizers = entities.stream().map(SensitiveDetector::recognizer).toList();
  }

  private static Recognizer recognizer(Entity entity) {
    return switch (entity) {
      case EMAIL -> new EmailRecognizer();
      case CREDIT_DEBIT_CARD_NUMBER -> new CardRecognizer();
      case INTERNATIONAL_BANK_ACCOUNT_NUMBER -> new IbanRecognizer();
    };
  }

  @Override
  public String name() {
    return "sensitive";
  }

  @Override
  public int maxLength() {
    return recognizers.stream().mapToInt(Recognizer::maxLength).max().orElse(1);
  }

  @Override
  public int lookAhead() {
    return Entity.LOOK_AHEAD;
  }

  @Override
  public List<Match> detect(NormalizedText text, Window window) {
    var matches = new ArrayList<Match>();
    for (Recognizer r : recognizers) {
      window.checkDeadline();
      r.find(text.text(), window, matches);
    }
    return matches;
  }
}
