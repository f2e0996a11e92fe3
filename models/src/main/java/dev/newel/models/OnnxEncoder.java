package dev.newel.models;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.newel.filter.detect.DetectorTimeoutException;
import dev.newel.filter.model.Encoder;
import dev.newel.filter.model.Head;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The encoder in ONNX Runtime: weights of 8 bits, one thread for a window. As many windows are
 * judged at a time as there are processors; who comes later waits, until its deadline.
 */
public final class OnnxEncoder implements Encoder {
  /** Pieces that the network takes at once, without those that mark beginning and end. */
  private static final int MAX_PIECES = 126;

  private static final int BEGIN = 101;
  private static final int END = 102;

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final WordPiece tokenizer;
  private final Semaphore turns;

  /** Loads the shipped weights: some 40 MB, and half a second. */
  public OnnxEncoder() {
    this(Runtime.getRuntime().availableProcessors());
  }

  OnnxEncoder(int atOnce) {
    this.turns = new Semaphore(atOnce, true);
    this.tokenizer =
        new WordPiece(
            new String(resource("vocabulary.txt"), StandardCharsets.UTF_8).lines().toList());
    try (var options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setMemoryPatternOptimization(false); // lengths differ from window to window
      options.setCPUArenaAllocator(false); // it keeps the most it ever needed
      this.session = environment.createSession(resource("encoder.onnx"), options);
    } catch (OrtException e) {
      throw new IllegalStateException("the encoder cannot be loaded", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = OnnxEncoder.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public float[] judge(String window, long deadline) {
    take(deadline);
    try {
      return inParts(window);
    } finally {
      turns.release();
    }
  }

  private void take(long deadline) {
    try {
      if (!turns.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        throw new DetectorTimeoutException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DetectorTimeoutException();
    }
  }

  /** Windows of more pieces than the network takes are judged in parts; the strongest counts. */
  private float[] inParts(String window) {
    int[] ids = tokenizer.encode(window);
    float[] most = new float[Head.values().length];
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    int from = 0;
    do {
      int to = Math.min(ids.length, from + MAX_PIECES);
      float[] logits = run(Arrays.copyOfRange(ids, from, to));
      for (int i = 0; i < most.length; i++) {
        most[i] = Math.max(most[i], logits[i]);
      }
      from = to;
    } while (from < ids.length);
    return most;
  }

  private float[] run(int[] ids) {
    long[] input = new long[ids.length + 2];
    input[0] = BEGIN;
    for (int i = 0; i < ids.length; i++) {
      input[i + 1] = ids[i];
    }
    input[ids.length + 1] = END;
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(
                environment, LongBuffer.wrap(input), new long[] {1, input.length});
        OrtSession.Result result = session.run(Map.of("ids", tensor))) {
      return ((float[][]) result.get(0).getValue())[0];
    } catch (OrtException e) {
      throw new IllegalStateException("the encoder failed", e);
    }
  }
}
