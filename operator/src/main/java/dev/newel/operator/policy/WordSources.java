package dev.newel.operator.policy;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import dev.newel.crds.RuleSpec;
import dev.newel.policy.PolicyKind;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * ConfigMaps that policies name as word lists. Each is watched by itself, from the first time a
 * policy names it: never all ConfigMaps of a namespace, let alone of the cluster.
 */
public final class WordSources implements AutoCloseable {
  private record Key(String namespace, String name) {}

  /** Is told which ConfigMap changed. */
  public interface Listener {
    void changed(String namespace, String name);
  }

  private final KubernetesClient client;
  private final String operatorNamespace;
  private final Map<Key, SharedIndexInformer<ConfigMap>> informers = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();

  public WordSources(KubernetesClient client, String operatorNamespace) {
    this.client = client;
    this.operatorNamespace = operatorNamespace;
  }

  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** What this policy may read: its own namespace, or the operator's for a cluster policy. */
  public PolicyReading.Sources of(GuardrailResource policy) {
    String namespace = namespace(policy);
    return source ->
        Optional.ofNullable(
                informer(new Key(namespace, source.configMap()))
                    .getStore()
                    .getByKey(namespace + "/" + source.configMap()))
            .map(ConfigMap::getData)
            .map(d -> d.get(source.key()));
  }

  /** Whether this policy names this ConfigMap. */
  public boolean uses(GuardrailResource policy, String namespace, String name) {
    return namespace(policy).equals(namespace)
        && names(policy).stream().anyMatch(s -> s.configMap().equals(name));
  }

  /** Changes whenever the content of a list of this policy may have changed. */
  public String version(GuardrailResource policy) {
    String namespace = namespace(policy);
    var version = new StringBuilder();
    for (RuleSpec.Source source : names(policy)) {
      ConfigMap map =
          informer(new Key(namespace, source.configMap()))
              .getStore()
              .getByKey(namespace + "/" + source.configMap());
      version.append(map == null ? "-" : map.getMetadata().getResourceVersion()).append(' ');
    }
    return version.toString();
  }

  private String namespace(GuardrailResource policy) {
    return policy.policyKind() == PolicyKind.CLUSTER
        ? operatorNamespace
        : policy.getMetadata().getNamespace();
  }

  private static List<RuleSpec.Source> names(GuardrailResource policy) {
    return policy.getSpec().rules().stream()
        .map(RuleSpec::words)
        .filter(Objects::nonNull)
        .map(RuleSpec.Words::from)
        .filter(Objects::nonNull)
        .toList();
  }

  private SharedIndexInformer<ConfigMap> informer(Key key) {
    return informers.computeIfAbsent(
        key,
        k ->
            client
                .configMaps()
                .inNamespace(k.namespace())
                .withName(k.name())
                .inform(
                    new ResourceEventHandler<>() {
                      @Override
                      public void onAdd(ConfigMap map) {
                        changed(k);
                      }

                      @Override
                      public void onUpdate(ConfigMap before, ConfigMap map) {
                        changed(k);
                      }

                      @Override
                      public void onDelete(ConfigMap map, boolean unknown) {
                        changed(k);
                      }
                    }));
  }

  private void changed(Key key) {
    listeners.forEach(l -> l.changed(key.namespace(), key.name()));
  }

  @Override
  public void close() {
    informers.values().forEach(SharedIndexInformer::close);
  }
}
