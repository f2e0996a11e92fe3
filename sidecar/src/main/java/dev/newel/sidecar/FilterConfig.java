package dev.newel.sidecar;

import dev.newel.policy.wire.FilterContract;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How one filter is set up, from its environment.
 *
 * @param model {@code namespace/name}
 * @param upstream base URL of the model
 * @param bundleDir where the bundle's parts are mounted
 * @param bundleKey base64 of the X.509 Ed25519 public key
 * @param auditDir where decisions are recorded
 * @param modelInfo compact JSON, stamped into audit events
 * @param credential file with the bearer token of an external model
 * @param caFile PEM certificates for an external model
 */
public record FilterConfig(
    String model,
    URI upstream,
    Path bundleDir,
    String bundleKey,
    Path auditDir,
    String modelInfo,
    String pod,
    String podUid,
    int proxyPort,
    int adminPort,
    Log.Level logLevel,
    Optional<Path> credential,
    Optional<Path> caFile) {

  /** A setting that is missing or wrong; the message names variable, value and fix. */
  public static final class InvalidException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidException(String message) {
      super(message);
    }
  }

  /**
   * Reads the environment.
   *
   * @throws InvalidException for the first variable that is missing or wrong
   */
  public static FilterConfig of(Map<String, String> env) {
    String model = required(env, FilterContract.ENV_MODEL, "the model as namespace/name");
    if (model.indexOf('/') < 1) {
      throw new InvalidException(
          FilterContract.ENV_MODEL + " is " + model + "; write namespace/name");
    }
    return new FilterConfig(
        model,
        upstream(required(env, FilterContract.ENV_UPSTREAM, "http://127.0.0.1:8000 for example")),
        Path.of(env.getOrDefault(FilterContract.ENV_BUNDLE_DIR, FilterContract.BUNDLE_DIR)),
        required(
            env,
            FilterContract.ENV_BUNDLE_KEY,
            "the operator's public key: base64 of an X.509 Ed25519 key"),
        Path.of(env.getOrDefault(FilterContract.ENV_AUDIT_DIR, FilterContract.AUDIT_DIR)),
        env.getOrDefault(FilterContract.ENV_MODEL_INFO, "{}"),
        env.getOrDefault(FilterContract.ENV_POD_NAME, "unknown"),
        env.getOrDefault(FilterContract.ENV_POD_UID, "unknown"),
        port(env, FilterContract.ENV_PROXY_PORT, FilterContract.PROXY_PORT),
        port(env, FilterContract.ENV_ADMIN_PORT, FilterContract.ADMIN_PORT),
        Log.Level.of(env.getOrDefault(FilterContract.ENV_LOG_LEVEL, "Info")),
        Optional.ofNullable(env.get(FilterContract.ENV_CREDENTIAL_FILE)).map(Path::of),
        Optional.ofNullable(env.get(FilterContract.ENV_CA_FILE)).map(Path::of));
  }

  public String namespace() {
    return model.substring(0, model.indexOf('/'));
  }

  private static URI upstream(String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InvalidException(
        FilterContract.ENV_UPSTREAM + " is " + text + "; write http://host:port or https://host");
  }

  private static String required(Map<String, String> env, String name, String what) {
    String value = env.get(name);
    if (value == null || value.isBlank()) {
      throw new InvalidException(name + " is not set; it must be " + what);
    }
    return value;
  }

  private static int port(Map<String, String> env, String name, int otherwise) {
    String value = env.get(name);
    if (value == null) {
      return otherwise;
    }
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new InvalidException(name + " is " + value + "; a port is 0 to 65535");
  }
}
