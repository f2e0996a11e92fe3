package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/** What makes it worth looking at a request again. What is seen then is read anew. */
final class RequestEvents {
  private RequestEvents() {}

  static List<EventSource<?, BreakGlassRequest>> sources(
      EventSourceContext<BreakGlassRequest> context) {
    return List.of(
        source(
            context,
            BreakGlassPolicy.class,
            Optional.empty(),
            (p, r) -> r.getSpec().policy().equals(p.getMetadata().getName())),
        source(
            context,
            ClusterRole.class,
            Optional.empty(),
            (c, r) -> r.getSpec().role().equals(c.getMetadata().getName())),
        source(
            context,
            ValidatingAdmissionPolicy.class,
            Optional.of("app.kubernetes.io/part-of=newel"),
            (_, _) -> true),
        source(
            context,
            ValidatingAdmissionPolicyBinding.class,
            Optional.of("app.kubernetes.io/part-of=newel"),
            (_, _) -> true),
        source(context, RoleBinding.class, Optional.of(GrantObjects.LABEL), RequestEvents::isOf),
        source(context, Job.class, Optional.of(GrantObjects.LABEL), RequestEvents::isOf));
  }

  private static boolean isOf(HasMetadata object, BreakGlassRequest request) {
    return request
        .getMetadata()
        .getUid()
        .equals(object.getMetadata().getLabels().get(GrantObjects.LABEL));
  }

  private static <T extends HasMetadata> EventSource<?, BreakGlassRequest> source(
      EventSourceContext<BreakGlassRequest> context,
      Class<T> type,
      Optional<String> selector,
      BiPredicate<T, BreakGlassRequest> concerns) {
    var configuration =
        InformerEventSourceConfiguration.from(type, BreakGlassRequest.class)
            .withName("breakglass-" + type.getSimpleName())
            .withSecondaryToPrimaryMapper(o -> concerned(context, o, concerns));
    selector.ifPresent(configuration::withLabelSelector);
    return new InformerEventSource<>(configuration.build(), context);
  }

  private static <T extends HasMetadata> Set<ResourceID> concerned(
      EventSourceContext<BreakGlassRequest> context,
      T object,
      BiPredicate<T, BreakGlassRequest> concerns) {
    return context
        .getPrimaryCache()
        .list(r -> concerns.test(object, r) && !isOver(r))
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  /** A RoleBinding of a request that is over is for {@link GrantReconciler}. */
  private static boolean isOver(BreakGlassRequest request) {
    return GrantState.of(request.getStatus()) instanceof GrantState.Over;
  }
}
