package dev.newel.e2e.bench;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** When each model's bundle was written last, as a watch sees it: {@link System#nanoTime}. */
final class Seen implements AutoCloseable {
  private final Map<String, Long> bundles = new ConcurrentHashMap<>();
  private final SharedIndexInformer<ConfigMap> informer;

  Seen(KubernetesClient client) {
    informer =
        client
            .configMaps()
            .inAnyNamespace()
            .withLabel("newel.dev/model")
            .inform(
                new ResourceEventHandler<>() {
                  @Override
                  public void onAdd(ConfigMap map) {
                    bundles.put(key(map), System.nanoTime());
                  }

                  @Override
                  public void onUpdate(ConfigMap before, ConfigMap map) {
                    if (!map.getBinaryData().equals(before.getBinaryData())) {
                      bundles.put(key(map), System.nanoTime());
                    }
                  }

                  @Override
                  public void onDelete(ConfigMap map, boolean unknown) {
                    bundles.remove(key(map));
                  }
                });
  }

  private static String key(ConfigMap map) {
    return map.getMetadata().getNamespace()
        + "/"
        + map.getMetadata().getLabels().get("newel.dev/model");
  }

  /** Model as {@code namespace/name} to the moment its bundle was written last. */
  Map<String, Long> bundles() {
    return bundles;
  }

  @Override
  public void close() {
    informer.close();
  }
}
