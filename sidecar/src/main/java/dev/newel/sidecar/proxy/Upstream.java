package dev.newel.sidecar.proxy;

import dev.newel.sidecar.FilterConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.URI;

/** How the model is reached. */
final class Upstream {
  private Upstream() {}

  static HttpClientOptions options(FilterConfig config) {
    var options =
        new HttpClientOptions()
            .setDecompressionSupported(false)
            .setKeepAlive(true)
            .setIdleTimeout(600)
            .setVerifyHost(true);
    config
        .caFile()
        .ifPresent(
            file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
    return options;
  }

  static PoolOptions pool() {
    return new PoolOptions().setHttp1MaxSize(256).setMaxWaitQueueSize(1024);
  }

  static int port(URI uri) {
    return uri.getPort() > 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
  }

  /**
   * Where a request goes: the model's base path, then what the client asked for. A base that ends
   * in {@code /v1} stands for the API's own {@code /v1}.
   */
  static String path(URI upstream, String path, String query) {
    String base = upstream.getRawPath() == null ? "" : upstream.getRawPath();
    if (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    if (base.endsWith("/v1") && path.startsWith("/v1/")) {
      base = base.substring(0, base.length() - 3);
    }
    return base + path + (query == null ? "" : "?" + query);
  }
}
