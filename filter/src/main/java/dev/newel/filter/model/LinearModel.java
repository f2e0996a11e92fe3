package dev.newel.filter.model;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A linear function of the counts in a window for each {@link Head}. The weights are a resource of
 * this module (8 bits each, 1.8 MB together); {@code models/train} makes them and describes the
 * format in {@code export.py}.
 */
public final class LinearModel {
  private static final String RESOURCE = "linear.bin";
  private static final int MAGIC = 0x4E574C31; // NWL1

  private static final class Weights {
    private final float scale;
    private final float bias;
    private final float[] shape = new float[TextFeatures.SHAPE];
    private final byte[] buckets;

    Weights(DataInputStream data) throws IOException {
      this.scale = data.readFloat();
      this.bias = data.readFloat();
      for (int i = 0; i < shape.length; i++) {
        shape[i] = data.readFloat();
      }
      this.buckets = data.readNBytes(1 << TextFeatures.BITS);
    }

    float of(TextFeatures f) {
      return bias
          + scale * (mean(f.words(), buckets) + mean(f.characters(), buckets))
          + product(f.shape(), shape);
    }

    private static float mean(int[] indices, byte[] weights) {
      int sum = 0;
      for (int i : indices) {
        sum += weights[i];
      }
      return (float) (sum / Math.sqrt(Math.max(1, indices.length)));
    }

    private static float product(float[] a, float[] b) {
      float sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum;
    }
  }

  private final Weights[] heads;

  private LinearModel(Weights[] heads) {
    this.heads = heads;
  }

  private static final class Shipped {
    private static final LinearModel MODEL = load();
  }

  /** The shipped one, read once. */
  public static LinearModel shipped() {
    return Shipped.MODEL;
  }

  private static LinearModel load() {
    try (InputStream in = LinearModel.class.getResourceAsStream(RESOURCE)) {
      var data = new DataInputStream(new BufferedInputStream(in));
      if (data.readInt() != MAGIC
          || data.readInt() != TextFeatures.BITS
          || data.readInt() != Head.values().length) {
        throw new IllegalStateException(RESOURCE + " is of another format; run make train");
      }
      var heads = new Weights[Head.values().length];
      for (int h = 0; h < heads.length; h++) {
        heads[h] = new Weights(data);
      }
      return new LinearModel(heads);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Judges a window.
   *
   * @param text the window
   * @param folded the same in lower case, character by character
   * @return a logit for each of these heads
   */
  public float[] judge(String text, String folded, Head... asked) {
    TextFeatures features = TextFeatures.of(text, folded);
    float[] out = new float[asked.length];
    for (int i = 0; i < asked.length; i++) {
      out[i] = heads[asked[i].index()].of(features);
    }
    return out;
  }
}
