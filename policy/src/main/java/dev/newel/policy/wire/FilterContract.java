package dev.newel.policy.wire;

/**
 * What the operator and the filter in the pod must agree on: names, ports and paths. Both sides
 * read them from here and nowhere else.
 */
public final class FilterContract {
  private FilterContract() {}

  /** Name of the native sidecar in the model's pod. */
  public static final String CONTAINER = "newel-filter";

  /** Where clients connect. */
  public static final int PROXY_PORT = 8080;

  public static final String PROXY_PORT_NAME = "newel-proxy";

  /** Metrics, health and the loaded bundle; open to the operator and the metrics scraper only. */
  public static final int ADMIN_PORT = 8081;

  public static final String ADMIN_PORT_NAME = "newel-admin";

  /** Where the bundle's parts are mounted. */
  public static final String BUNDLE_DIR = "/etc/newel/bundle";

  /** Where the filter keeps its audit records. */
  public static final String AUDIT_DIR = "/var/lib/newel/audit";

  /** Pod annotation that makes the kubelet deliver a changed bundle at once. */
  public static final String SEQUENCE_ANNOTATION = "newel.dev/bundle-sequence";

  /** {@code namespace/name} of the model; a bundle for another model is refused. */
  public static final String ENV_MODEL = "NEWEL_MODEL";

  /** Base URL of the model behind the filter. */
  public static final String ENV_UPSTREAM = "NEWEL_UPSTREAM";

  /** {@code OpenAI} or {@code Anthropic}. */
  public static final String ENV_API = "NEWEL_API";

  public static final String ENV_BUNDLE_DIR = "NEWEL_BUNDLE_DIR";

  /** Ed25519 public key that bundles must be signed with: base64 of its X.509 encoding. */
  public static final String ENV_BUNDLE_KEY = "NEWEL_BUNDLE_KEY";

  public static final String ENV_AUDIT_DIR = "NEWEL_AUDIT_DIR";

  public static final String ENV_LOG_LEVEL = "NEWEL_LOG_LEVEL";

  public static final String ENV_PROXY_PORT = "NEWEL_PROXY_PORT";

  public static final String ENV_ADMIN_PORT = "NEWEL_ADMIN_PORT";

  /** Compact JSON of {@code spec.model}: stamped into every audit event. */
  public static final String ENV_MODEL_INFO = "NEWEL_MODEL_INFO";

  /** File with the bearer token of an external model; never seen by clients. */
  public static final String ENV_CREDENTIAL_FILE = "NEWEL_CREDENTIAL_FILE";

  /** File with the PEM certificates that an external model's TLS certificate must chain to. */
  public static final String ENV_CA_FILE = "NEWEL_CA_FILE";

  /** The longest body of a request or of an unstreamed answer, in bytes, decoded. */
  public static final String ENV_MAX_BODY = "NEWEL_MAX_BODY_BYTES";

  /** The most requests under way at once; those beyond get 429. */
  public static final String ENV_MAX_REQUESTS = "NEWEL_MAX_REQUESTS";

  /** How long a connection is kept open between two requests: {@code 75s}. */
  public static final String ENV_KEEP_ALIVE = "NEWEL_KEEP_ALIVE";

  /** How long the body of a request may take to arrive. */
  public static final String ENV_BODY_TIMEOUT = "NEWEL_BODY_TIMEOUT";

  /** How long the model may take to begin its answer. */
  public static final String ENV_FIRST_BYTE_TIMEOUT = "NEWEL_FIRST_BYTE_TIMEOUT";

  /** How long nothing may move in either direction, also on a connection without a request. */
  public static final String ENV_IDLE_TIMEOUT = "NEWEL_IDLE_TIMEOUT";

  /** How long answers under way may take to end when the filter is told to stop. */
  public static final String ENV_DRAIN_TIMEOUT = "NEWEL_DRAIN_TIMEOUT";

  /** Base URL that OpenTelemetry traces are sent to by OTLP over HTTP; none when it is not set. */
  public static final String ENV_OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

  public static final String ENV_POD_NAME = "POD_NAME";
  public static final String ENV_POD_NAMESPACE = "POD_NAMESPACE";
  public static final String ENV_POD_UID = "POD_UID";
}
