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
 * @param api {@code OpenAI} or {@code Anthropic}: how an external model wants its credential
 * @param bundleDir where the bundle's parts are mounted
 * @param bundleKey base64 of the X.509 Ed25519 public key
 * @param auditDir where decisions are recorded
 * @param modelInfo compact JSON, stamped into audit events
 * @param credential file with the bearer token of an external model
 * @param caFile PEM certificates for an external model
 * @param limits what clients can take of it
 * @param traces base URL of a receiver of traces by OTLP over HTTP
 */
public record FilterConfig(
    String model,
    URI upstream,
    String api,
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
    Optional<Path> caFile,
    Limits limits,
    Optional<URI> traces) {

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
  public static FilterConfig of(Map<String, String> variables) {
    var env = new Environment(variables);
    String model = env.required(FilterContract.ENV_MODEL, "the model as namespace/name");
    if (model.indexOf('/') < 1) {
      throw new InvalidException(
          FilterContract.ENV_MODEL + " is " + model + "; write namespace/name");
    }
    return new FilterConfig(
        model,
        url(
            FilterContract.ENV_UPSTREAM,
            env.required(FilterContract.ENV_UPSTREAM, "http://127.0.0.1:8000 for example")),
        env.text(FilterContract.ENV_API, "OpenAI"),
        Path.of(env.text(FilterContract.ENV_BUNDLE_DIR, FilterContract.BUNDLE_DIR)),
        env.required(
            FilterContract.ENV_BUNDLE_KEY,
            "the operator's public key: base64 of an X.509 Ed25519 key"),
        Path.of(env.text(FilterContract.ENV_AUDIT_DIR, FilterContract.AUDIT_DIR)),
        env.text(FilterContract.ENV_MODEL_INFO, "{}"),
        env.text(FilterContract.ENV_POD_NAME, "unknown"),
        env.text(FilterContract.ENV_POD_UID, "unknown"),
        env.number(FilterContract.ENV_PROXY_PORT, 0, 65535, FilterContract.PROXY_PORT),
        env.number(FilterContract.ENV_ADMIN_PORT, 0, 65535, FilterContract.ADMIN_PORT),
        Log.Level.of(env.text(FilterContract.ENV_LOG_LEVEL, "Info")),
        env.text(FilterContract.ENV_CREDENTIAL_FILE).map(Path::of),
        env.text(FilterContract.ENV_CA_FILE).map(Path::of),
        Limits.of(env),
        env.text(FilterContract.ENV_OTLP_ENDPOINT)
            .map(text -> url(FilterContract.ENV_OTLP_ENDPOINT, text)));
  }

  public String namespace() {
    return model.substring(0, model.indexOf('/'));
  }

  private static URI url(String name, String text) {
    try {
      URI uri = URI.create(text);
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw new InvalidException(name + " is " + text + "; write http://host:port or https://host");
  }
}
