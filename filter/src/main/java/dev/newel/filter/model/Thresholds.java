package dev.newel.filter.model;

import dev.newel.policy.Sensitivity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;

/**
 * From which logit on a model's answer is an alarm. The numbers come with the weights: they were
 * measured on innocent texts of sources that the models never learnt from, each kind of text
 * counted alike ({@code models/train/evaluate.py}).
 */
public final class Thresholds {
  private static final String RESOURCE = "thresholds.properties";

  private final Properties numbers;

  private Thresholds(Properties numbers) {
    this.numbers = numbers;
  }

  private static final class Shipped {
    private static final Thresholds THRESHOLDS = load();
  }

  /** The shipped ones, read once. */
  public static Thresholds shipped() {
    return Shipped.THRESHOLDS;
  }

  private static Thresholds load() {
    var numbers = new Properties();
    try (InputStream in = Thresholds.class.getResourceAsStream(RESOURCE)) {
      numbers.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Thresholds(numbers);
  }

  /**
   * The threshold of a head.
   *
   * @param deep whether the encoder's answer is part of the logit
   */
  public float of(Head head, boolean deep, Sensitivity sensitivity) {
    return number(name(head) + (deep ? ".deep." : ".fast.") + name(sensitivity));
  }

  /** How much of the linear model's logit is added to the encoder's. */
  public float share(Head head) {
    return number(name(head) + ".deep.share");
  }

  private float number(String key) {
    String value = numbers.getProperty(key);
    if (value == null) {
      throw new IllegalStateException(RESOURCE + " lacks " + key + "; run make train");
    }
    return Float.parseFloat(value);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
