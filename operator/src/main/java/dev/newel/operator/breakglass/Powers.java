package dev.newel.operator.breakglass;

import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;

/** Asks the API server what somebody may do. */
final class Powers {
  private static final int MOST_ASKED = 64;
  private static final int MOST_SHOWN = 16;

  private final KubernetesClient client;

  Powers(KubernetesClient client) {
    this.client = client;
  }

  /** Whether the operator itself may bind a role. */
  boolean mayBind(String role) {
    return client
        .authorization()
        .v1()
        .selfSubjectAccessReview()
        .create(
            new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup("rbac.authorization.k8s.io")
                .withResource("clusterroles")
                .withVerb("bind")
                .withName(role)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }

  /**
   * What of these rules a user cannot do already in a namespace. Their groups are not known here,
   * so what comes from a group counts as new.
   */
  List<String> news(String namespace, String user, List<PolicyRule> rules) {
    var news = new ArrayList<String>();
    int asked = 0;
    try {
      for (PolicyRule rule : rules) {
        for (String resource :
            rule.getResources() == null ? List.<String>of() : rule.getResources()) {
          for (String verb : rule.getVerbs()) {
            if (++asked > MOST_ASKED || news.size() >= MOST_SHOWN - 1) {
              news.add("and more that was not asked for");
              return news;
            }
            if (!may(namespace, user, rule, resource, verb)) {
              news.add(verb + " " + resource);
            }
          }
        }
      }
    } catch (KubernetesClientException e) {
      news.add("could not be asked: HTTP " + e.getCode());
    }
    return news;
  }

  private boolean may(
      String namespace, String user, PolicyRule rule, String resource, String verb) {
    String[] parts = resource.split("/", 2);
    return client
        .authorization()
        .v1()
        .subjectAccessReview()
        .create(
            new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser(user)
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withGroup(rule.getApiGroups().isEmpty() ? "" : rule.getApiGroups().getFirst())
                .withResource(parts[0])
                .withSubresource(parts.length > 1 ? parts[1] : null)
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build())
        .getStatus()
        .getAllowed();
  }
}
