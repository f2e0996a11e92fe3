package dev.newel.e2e.harness;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A client that dies with its process: after the server has committed the n-th mutating request,
 * nothing goes out any more. What a kill -9 leaves behind is then in the cluster and on disk; what
 * was only in memory is to be thrown away by the test.
 */
public final class Crash {
  private static final Set<String> MUTATING = Set.of("POST", "PUT", "PATCH", "DELETE");

  private final int afterWrite;
  private final AtomicInteger writes = new AtomicInteger();
  private volatile boolean dead;

  private Crash(int afterWrite) {
    this.afterWrite = afterWrite;
  }

  /**
   * A crash to come.
   *
   * @param n 1 or more; dry runs do not count
   */
  public static Crash afterWrite(int n) {
    return new Crash(n);
  }

  /** Only counts. */
  public static Crash never() {
    return new Crash(Integer.MAX_VALUE);
  }

  /** The administrator's client, as long as it lives. */
  public KubernetesClient client(ControlPlane cluster) {
    return cluster.client(interceptor());
  }

  /** The operator's client, as long as it lives. */
  public KubernetesClient operator(ControlPlane cluster) {
    return cluster.operator(interceptor());
  }

  private Interceptor interceptor() {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        if (dead) {
          throw new IllegalStateException("the process is dead");
        }
      }

      @Override
      public void after(
          HttpRequest request,
          HttpResponse<?> response,
          AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        String query = request.uri().getQuery();
        if (MUTATING.contains(request.method())
            && (query == null || !query.contains("dryRun="))
            && writes.incrementAndGet() >= afterWrite) {
          dead = true;
        }
      }
    };
  }

  public boolean happened() {
    return dead;
  }

  /** Mutating requests that the server has answered. */
  public int writes() {
    return writes.get();
  }
}
