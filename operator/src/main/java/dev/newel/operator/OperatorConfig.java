package dev.newel.operator;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the operator is set up, from its environment.
 *
 * @param namespace where it runs, and where its signing key and the word lists of cluster policies
 *     are
 * @param filterImage image of the sidecar
 * @param imagePullPolicy of the sidecar
 * @param auditDir where changes are recorded
 * @param pod its own name; {@code local} outside of a cluster
 * @param scraperNamespace namespace whose pods may read the filters' metrics; empty: none
 */
public record OperatorConfig(
    String namespace,
    String filterImage,
    String imagePullPolicy,
    Path auditDir,
    String pod,
    String scraperNamespace) {

  /** The name of the operator's account; the chart gives it no other. */
  private static final String ACCOUNT = "newel-operator";

  public static final String ENV_NAMESPACE = "NEWEL_OPERATOR_NAMESPACE";
  public static final String ENV_FILTER_IMAGE = "NEWEL_FILTER_IMAGE";
  public static final String ENV_PULL_POLICY = "NEWEL_FILTER_PULL_POLICY";
  public static final String ENV_AUDIT_DIR = "NEWEL_AUDIT_DIR";
  public static final String ENV_SCRAPER = "NEWEL_SCRAPER_NAMESPACE";
  public static final String ENV_POD = "POD_NAME";

  /**
   * Reads the environment.
   *
   * @throws IllegalArgumentException naming the variable that is missing
   */
  public static OperatorConfig of(Map<String, String> env) {
    return new OperatorConfig(
        env.getOrDefault(ENV_NAMESPACE, "newel-system"),
        required(
            env, ENV_FILTER_IMAGE, "the image of the filter, newel.dev/filter:0.1.0 for example"),
        env.getOrDefault(ENV_PULL_POLICY, "IfNotPresent"),
        Path.of(required(env, ENV_AUDIT_DIR, "a folder on a volume that outlives the container")),
        env.getOrDefault(ENV_POD, "local"),
        env.getOrDefault(ENV_SCRAPER, ""));
  }

  /** As the API server knows the operator. */
  public String user() {
    return "system:serviceaccount:" + namespace + ":" + ACCOUNT;
  }

  private static String required(Map<String, String> env, String name, String what) {
    String value = env.get(name);
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException(name + " is not set; it must be " + what);
    }
    return value;
  }
}
