package dev.newel.filter.model;

import java.util.Optional;
import java.util.ServiceLoader;

/** The encoder of this process, if its image carries one. */
public final class Encoders {
  private static final class Found {
    private static final Optional<Encoder> ENCODER =
        ServiceLoader.load(Encoder.class, Encoder.class.getClassLoader()).findFirst();
  }

  private Encoders() {}

  /** Loads it at the first call; the same for all. */
  public static Optional<Encoder> shipped() {
    return Found.ENCODER;
  }
}
