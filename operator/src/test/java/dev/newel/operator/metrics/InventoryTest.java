package dev.newel.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentStatus;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  private static ModelDeployment model(String ready) {
    var model = new ModelDeployment();
    var condition = new ConditionBuilder().withType("Ready").withStatus(ready).build();
    var other = new ConditionBuilder().withType("Programmed").withStatus("True").build();
    model.setStatus(
        new ModelDeploymentStatus(1L, null, null, null, null, List.of(other, condition)));
    return model;
  }

  private double count(String kind, String ready) {
    return registry.get(Inventory.NAME).tags("kind", kind, "ready", ready).gauge().value();
  }

  @Test
  void countsWhatThereIsWhenItIsRead() {
    // Given
    var models = new ArrayList<HasMetadata>(List.of(model("True"), model("False")));
    new Inventory(registry).count("ModelDeployment", models::stream);
    // When
    models.add(model("False"));
    models.add(new ModelDeployment());
    // Then
    assertThat(count("ModelDeployment", "True")).isEqualTo(1);
    assertThat(count("ModelDeployment", "False")).isEqualTo(2);
    assertThat(count("ModelDeployment", "Unknown")).isEqualTo(1);
  }

  @Test
  void keepsKindsApart() {
    // When
    var inventory = new Inventory(registry);
    inventory.count("ModelDeployment", () -> List.of(model("True")).stream());
    inventory.count("ClusterGuardrailPolicy", () -> List.of(new ClusterGuardrailPolicy()).stream());
    // Then
    assertThat(count("ClusterGuardrailPolicy", "True")).isZero();
    assertThat(count("ClusterGuardrailPolicy", "Unknown")).isEqualTo(1);
  }
}
