package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Entity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Sensitive data: runs the recogniser of each entity that the rule names. */
final class SensitiveDetector implements Detector {
  private final List<Recognizer> recognizers;
  private final IdRecognizer ids;
  private final int maxLength;

  SensitiveDetector(Collection<Entity> entities) {
    this.recognizers =
        entities.stream().flatMap(e -> SensitiveDetector.recognizer(e).stream()).toList();
    this.ids = new IdRecognizer(entities);
    this.maxLength = entities.stream().mapToInt(Entity::maxLength).max().orElse(1);
  }

  /** Kinds that are not numbers of {@link IdRows}, or not only. */
  private static Optional<Recognizer> recognizer(Entity entity) {
    return Optional.ofNullable(
        switch (entity) {
          case EMAIL -> new EmailRecognizer();
          case CREDIT_DEBIT_CARD_NUMBER -> new CardRecognizer();
          case INTERNATIONAL_BANK_ACCOUNT_NUMBER -> new IbanRecognizer();
          case IP_ADDRESS, MAC_ADDRESS -> new NetworkRecognizer(entity);
          case URL -> new UrlRecognizer();
          case PHONE -> new PhoneRecognizer();
          case USERNAME, PASSWORD, AWS_SECRET_KEY -> NamedValueRecognizer.of(entity);
          case AGE -> new AgeRecognizer();
          case ADDRESS -> new AddressRecognizer();
          case NAME -> new NameRecognizer();
          default -> null;
        });
  }

  @Override
  public String name() {
    return "sensitive";
  }

  @Override
  public int maxLength() {
    return maxLength;
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
    ids.find(text, window, matches);
    return matches;
  }
}
