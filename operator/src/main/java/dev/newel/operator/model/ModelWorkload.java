package dev.newel.operator.model;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentSpec;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.kube.Child;
import dev.newel.operator.kube.Labels;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The Deployment: the user's template, untouched, with the filter as the first native sidecar.
 * Built as a tree, so that fields which nobody here knows stay as they were written.
 */
final class ModelWorkload {
  private static final String BUNDLE_VOLUME = "newel-bundle";
  private static final String AUDIT_VOLUME = "newel-audit";
  private static final String CREDENTIAL_VOLUME = "newel-credential";
  private static final String CA_VOLUME = "newel-ca";
  private static final int USER = 65532;

  private ModelWorkload() {}

  static Child deployment(ModelDeployment model, OperatorConfig config, String publicKey) {
    var spec = model.getSpec();
    var serving = spec.serving();
    Map<String, Object> template =
        serving.container() == null ? new LinkedHashMap<>() : copy(serving.container().template());
    Map<String, Object> pod = child(template, "spec");
    var labels = new TreeMap<String, Object>();
    Map<String, Object> metadata = child(template, "metadata");
    labels.putAll(child(metadata, "labels"));
    labels.putAll(Labels.child(model.getMetadata().getName()));
    metadata.put("labels", labels);
    pod.putIfAbsent("serviceAccountName", ModelChildren.name(model));
    pod.putIfAbsent("automountServiceAccountToken", false);
    var filter = filter(model, config, publicKey);
    if (serving.container() == null) {
      filter.remove("restartPolicy");
      pod.put("containers", List.of(filter));
      pod.put(
          "securityContext",
          Map.of("runAsNonRoot", true, "seccompProfile", Map.of("type", "RuntimeDefault")));
    } else {
      var inits = new ArrayList<Object>();
      inits.add(filter);
      inits.addAll(list(pod.get("initContainers")));
      pod.put("initContainers", inits);
    }
    var volumes = new ArrayList<Object>(list(pod.get("volumes")));
    volumes.addAll(volumes(model));
    pod.put("volumes", volumes);

    var body = new LinkedHashMap<String, Object>();
    body.put("replicas", replicas(spec));
    body.put("selector", Map.of("matchLabels", Labels.pods(model.getMetadata().getName())));
    body.put("template", template);
    return new Child(
        "apps/v1",
        "Deployment",
        model.getMetadata().getNamespace(),
        ModelChildren.name(model),
        Map.of("spec", body),
        false);
  }

  static int replicas(ModelDeploymentSpec spec) {
    Integer replicas =
        spec.serving().container() != null
            ? spec.serving().container().replicas()
            : spec.serving().external().replicas();
    return replicas == null ? 1 : replicas;
  }

  private static Map<String, Object> filter(
      ModelDeployment model, OperatorConfig config, String publicKey) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", FilterContract.CONTAINER);
    out.put("image", config.filterImage());
    out.put("imagePullPolicy", config.imagePullPolicy());
    out.put("restartPolicy", "Always");
    out.put("env", env(model, publicKey));
    out.put(
        "ports",
        List.of(
            port(FilterContract.PROXY_PORT_NAME, FilterContract.PROXY_PORT),
            port(FilterContract.ADMIN_PORT_NAME, FilterContract.ADMIN_PORT)));
    // Started is not ready: without a policy the pod runs, refuses everything and says so.
    out.put("startupProbe", probe("/healthz", 1, 60));
    out.put("livenessProbe", probe("/healthz", 10, 3));
    out.put("readinessProbe", probe("/readyz", 1, 2));
    out.put("resources", resources(model));
    out.put(
        "securityContext",
        Map.of(
            "runAsUser",
            USER,
            "runAsNonRoot",
            true,
            "allowPrivilegeEscalation",
            false,
            "readOnlyRootFilesystem",
            true,
            "capabilities",
            Map.of("drop", List.of("ALL")),
            "seccompProfile",
            Map.of("type", "RuntimeDefault")));
    var mounts = new ArrayList<Object>();
    mounts.add(mount(BUNDLE_VOLUME, FilterContract.BUNDLE_DIR, true));
    mounts.add(mount(AUDIT_VOLUME, FilterContract.AUDIT_DIR, false));
    mounts.add(mount("newel-tmp", "/tmp", false));
    var external = model.getSpec().serving().external();
    if (external != null && external.credential() != null) {
      mounts.add(mount(CREDENTIAL_VOLUME, "/etc/newel/credential", true));
    }
    if (external != null && external.caBundle() != null) {
      mounts.add(mount(CA_VOLUME, "/etc/newel/ca", true));
    }
    out.put("volumeMounts", mounts);
    return out;
  }

  private static List<Object> env(ModelDeployment model, String publicKey) {
    var spec = model.getSpec();
    var external = spec.serving().external();
    var env = new ArrayList<Object>();
    env.add(value(FilterContract.ENV_MODEL, model.reference()));
    env.add(
        value(
            FilterContract.ENV_UPSTREAM,
            external != null
                ? external.url()
                : "http://127.0.0.1:"
                    + Optional.ofNullable(spec.serving().container().port()).orElse(8000)));
    env.add(value(FilterContract.ENV_API, spec.api() == null ? "OpenAI" : spec.api().text()));
    env.add(value(FilterContract.ENV_BUNDLE_DIR, FilterContract.BUNDLE_DIR));
    env.add(value(FilterContract.ENV_BUNDLE_KEY, publicKey));
    env.add(value(FilterContract.ENV_AUDIT_DIR, FilterContract.AUDIT_DIR));
    env.add(value(FilterContract.ENV_MODEL_INFO, Serialization.asJson(spec.model())));
    env.add(
        value(
            FilterContract.ENV_LOG_LEVEL,
            spec.filter() == null || spec.filter().logLevel() == null
                ? "Info"
                : spec.filter().logLevel().name()));
    if (external != null && external.credential() != null) {
      env.add(value(FilterContract.ENV_CREDENTIAL_FILE, "/etc/newel/credential/token"));
    }
    if (external != null && external.caBundle() != null) {
      env.add(value(FilterContract.ENV_CA_FILE, "/etc/newel/ca/ca.crt"));
    }
    env.add(field(FilterContract.ENV_POD_NAME, "metadata.name"));
    env.add(field(FilterContract.ENV_POD_NAMESPACE, "metadata.namespace"));
    env.add(field(FilterContract.ENV_POD_UID, "metadata.uid"));
    return env;
  }

  private static Map<String, Object> resources(ModelDeployment model) {
    var filter = model.getSpec().filter();
    if (filter != null && filter.resources() != null) {
      return Serialization.unmarshal(
          Serialization.asJson(filter.resources()), new TypeReference<Map<String, Object>>() {});
    }
    return Map.of(
        "requests", Map.of("cpu", "100m", "memory", "128Mi"),
        "limits", Map.of("cpu", "1", "memory", "256Mi"));
  }

  private static List<Object> volumes(ModelDeployment model) {
    String name = model.getMetadata().getName();
    var out = new ArrayList<Object>();
    List<Map<String, Object>> sources =
        IntStream.range(0, BundleParts.MAX_PARTS)
            .mapToObj(i ->
                Map.<String, Object>of(
                    "configMap", Map.of("name", ModelBundle.configMap(name, i), "optional", true)))
            .toList();
    out.add(Map.of("name", BUNDLE_VOLUME, "projected", Map.of("sources", sources)));
    out.add(Map.of("name", AUDIT_VOLUME, "emptyDir", Map.of("sizeLimit", "1Gi")));
    out.add(Map.of("name", "newel-tmp", "emptyDir", Map.of("sizeLimit", "64Mi")));
    var external = model.getSpec().serving().external();
    if (external != null && external.credential() != null) {
      out.add(
          Map.of(
              "name",
              CREDENTIAL_VOLUME,
              "secret",
              Map.of(
                  "secretName", external.credential().secret(),
                  "items", List.of(Map.of("key", external.credential().key(), "path", "token")))));
    }
    if (external != null && external.caBundle() != null) {
      out.add(
          Map.of(
              "name",
              CA_VOLUME,
              "configMap",
              Map.of(
                  "name", external.caBundle().configMap(),
                  "items", List.of(Map.of("key", external.caBundle().key(), "path", "ca.crt")))));
    }
    return out;
  }

  private static Map<String, Object> port(String name, int number) {
    return Map.of("name", name, "containerPort", number, "protocol", "TCP");
  }

  private static Map<String, Object> probe(String path, int period, int failures) {
    return Map.of(
        "httpGet", Map.of("path", path, "port", FilterContract.ADMIN_PORT_NAME),
        "periodSeconds", period,
        "failureThreshold", failures);
  }

  private static Map<String, Object> mount(String volume, String path, boolean readOnly) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", volume);
    out.put("mountPath", path);
    if (readOnly) {
      out.put("readOnly", true);
    }
    return out;
  }

  private static Map<String, Object> value(String name, String value) {
    return Map.of("name", name, "value", value);
  }

  private static Map<String, Object> field(String name, String path) {
    return Map.of(
        "name",
        name,
        "valueFrom",
        Map.of("fieldRef", Map.of("apiVersion", "v1", "fieldPath", path)));
  }

  private static List<?> list(Object value) {
    return value instanceof List<?> l ? l : List.of();
  }

  /** The map under this name, made when it is not there; what is there stays in place. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> child(Map<String, Object> parent, String name) {
    return (Map<String, Object>)
        parent.compute(
            name,
            (_, had) ->
                had instanceof Map<?, ?> m
                    ? new LinkedHashMap<>((Map<String, Object>) m)
                    : new LinkedHashMap<>());
  }

  private static Map<String, Object> copy(Map<String, Object> map) {
    return new LinkedHashMap<>(map);
  }
}
