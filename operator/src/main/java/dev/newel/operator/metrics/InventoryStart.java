package dev.newel.operator.metrics;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.processing.Controller;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Counts what every controller looks after, once the process starts. */
@Singleton
public class InventoryStart {
  void onStart(@Observes StartupEvent start, Operator operator, MeterRegistry registry) {
    var inventory = new Inventory(registry);
    for (Object registered : operator.getRegisteredControllers()) {
      if (registered instanceof Controller<?> controller) {
        inventory.count(
            HasMetadata.getKind(controller.getConfiguration().getResourceClass()),
            () -> controller.getEventSourceManager().getControllerEventSource().list(_ -> true));
      }
    }
  }
}
