package dev.newel.operator.model;

import dev.newel.crds.EgressRule;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentSpec;
import dev.newel.crds.Selector;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.kube.Child;
import dev.newel.operator.kube.Labels;
import dev.newel.operator.kube.Names;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudgetBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The children of a model besides its Deployment, in the order in which they are written. */
final class ModelChildren {
  private ModelChildren() {}

  /** Default deny both ways, and the little that is open. Nothing may be added to it by others. */
  static Child networkPolicy(ModelDeployment model, OperatorConfig config) {
    var spec = model.getSpec();
    return child(
        new NetworkPolicyBuilder()
            .withMetadata(meta(model, ""))
            .withNewSpec()
            .withPodSelector(selector(model))
            .withPolicyTypes("Ingress", "Egress")
            .withIngress(ingress(spec, config))
            .withEgress(egress(spec))
            .endSpec()
            .build(),
        true);
  }

  private static List<NetworkPolicyIngressRule> ingress(
      ModelDeploymentSpec spec, OperatorConfig config) {
    var rules = new ArrayList<NetworkPolicyIngressRule>();
    List<NetworkPolicyPeer> clients =
        spec.clients() == null
            ? List.of(new NetworkPolicyPeerBuilder().withPodSelector(new LabelSelector()).build())
            : spec.clients().stream()
                .map(p -> peer(p.namespaceSelector(), p.podSelector()))
                .toList();
    if (!clients.isEmpty()) {
      rules.add(
          new NetworkPolicyIngressRuleBuilder()
              .withFrom(clients)
              .withPorts(port("TCP", FilterContract.PROXY_PORT))
              .build());
    }
    var admin = new ArrayList<NetworkPolicyPeer>();
    admin.add(
        new NetworkPolicyPeerBuilder()
            .withNamespaceSelector(named(config.namespace()))
            .withPodSelector(
                new LabelSelectorBuilder().addToMatchLabels(Labels.NAME, "newel-operator").build())
            .build());
    if (!config.scraperNamespace().isEmpty()) {
      admin.add(
          new NetworkPolicyPeerBuilder()
              .withNamespaceSelector(named(config.scraperNamespace()))
              .build());
    }
    rules.add(
        new NetworkPolicyIngressRuleBuilder()
            .withFrom(admin)
            .withPorts(port("TCP", FilterContract.ADMIN_PORT))
            .build());
    return rules;
  }

  private static List<NetworkPolicyEgressRule> egress(ModelDeploymentSpec spec) {
    var rules = new ArrayList<NetworkPolicyEgressRule>();
    rules.add(
        new NetworkPolicyEgressRuleBuilder()
            .withTo(
                new NetworkPolicyPeerBuilder().withNamespaceSelector(named("kube-system")).build())
            .withPorts(port("UDP", 53), port("TCP", 53))
            .build());
    if (spec.serving().external() != null) {
      URI url = URI.create(spec.serving().external().url());
      int port = url.getPort() > 0 ? url.getPort() : "http".equals(url.getScheme()) ? 80 : 443;
      // A NetworkPolicy knows no names: the port is all that can be said of an outside model.
      rules.add(new NetworkPolicyEgressRuleBuilder().withPorts(port("TCP", port)).build());
    }
    Optional.ofNullable(spec.egress()).orElse(List.of()).forEach(r -> rules.add(egress(r)));
    return rules;
  }

  private static NetworkPolicyEgressRule egress(EgressRule rule) {
    var out = new NetworkPolicyEgressRule();
    if (rule.to() != null) {
      out.setTo(
          rule.to().stream()
              .map(d -> {
                NetworkPolicyPeer peer = peer(d.namespaceSelector(), d.podSelector());
                if (d.ipBlock() != null) {
                  peer.setIpBlock(
                      new io.fabric8.kubernetes.api.model.networking.v1.IPBlock(
                          d.ipBlock().cidr(), d.ipBlock().except()));
                }
                return peer;
              })
              .toList());
    }
    if (rule.ports() != null) {
      out.setPorts(
          rule.ports().stream()
              .map(p ->
                  new NetworkPolicyPortBuilder()
                      .withProtocol(p.protocol() == null ? "TCP" : p.protocol())
                      .withPort(p.port())
                      .withEndPort(p.endPort())
                      .build())
              .toList());
    }
    return out;
  }

  private static NetworkPolicyPeer peer(Selector namespaces, Selector pods) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(kubernetes(namespaces))
        .withPodSelector(kubernetes(pods))
        .build();
  }

  private static LabelSelector kubernetes(Selector selector) {
    if (selector == null) {
      return null;
    }
    var out = new LabelSelectorBuilder();
    Optional.ofNullable(selector.matchLabels()).ifPresent(out::addToMatchLabels);
    Optional.ofNullable(selector.matchExpressions())
        .orElse(List.of())
        .forEach(e ->
            out.addNewMatchExpression()
                .withKey(e.key())
                .withOperator(
                    switch (e.operator()) {
                      case IN -> "In";
                      case NOT_IN -> "NotIn";
                      case EXISTS -> "Exists";
                      case DOES_NOT_EXIST -> "DoesNotExist";
                    })
                .withValues(e.values() == null ? List.of() : e.values())
                .endMatchExpression());
    return out.build();
  }

  /** What the pod runs as: no token of it is mounted, so it can do nothing. */
  static Child serviceAccount(ModelDeployment model) {
    return child(
        new ServiceAccountBuilder()
            .withMetadata(meta(model, ""))
            .withAutomountServiceAccountToken(false)
            .build(),
        false);
  }

  static Child configMap(ModelDeployment model, int part, String key, byte[] bytes) {
    ObjectMeta meta = meta(model, "");
    meta.setName(ModelBundle.configMap(model.getMetadata().getName(), part));
    return child(
        new ConfigMapBuilder()
            .withMetadata(meta)
            .withBinaryData(Map.of(key, Base64.getEncoder().encodeToString(bytes)))
            .build(),
        true);
  }

  /** Leads to the filter, never to the model. */
  static Child service(ModelDeployment model) {
    return child(
        new ServiceBuilder()
            .withMetadata(meta(model, ""))
            .withNewSpec()
            .withSelector(Labels.pods(model.getMetadata().getName()))
            .addNewPort()
            .withName("http")
            .withProtocol("TCP")
            .withPort(FilterContract.PROXY_PORT)
            .withTargetPort(new IntOrString(FilterContract.PROXY_PORT_NAME))
            .endPort()
            .endSpec()
            .build(),
        false);
  }

  /** One pod at a time may be taken away. */
  static Child disruptionBudget(ModelDeployment model) {
    return child(
        new PodDisruptionBudgetBuilder()
            .withMetadata(meta(model, ""))
            .withNewSpec()
            .withMaxUnavailable(new IntOrString(1))
            .withSelector(selector(model))
            .endSpec()
            .build(),
        false);
  }

  private static Child child(HasMetadata object, boolean exact) {
    return Child.of(object, exact);
  }

  static String name(ModelDeployment model) {
    return Names.child(model.getMetadata().getName(), "");
  }

  private static ObjectMeta meta(ModelDeployment model, String suffix) {
    return new ObjectMetaBuilder()
        .withName(Names.child(model.getMetadata().getName(), suffix))
        .withNamespace(model.getMetadata().getNamespace())
        .build();
  }

  private static LabelSelector selector(ModelDeployment model) {
    return new LabelSelectorBuilder()
        .withMatchLabels(Labels.pods(model.getMetadata().getName()))
        .build();
  }

  private static LabelSelector named(String namespace) {
    return new LabelSelectorBuilder()
        .addToMatchLabels("kubernetes.io/metadata.name", namespace)
        .build();
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }
}
