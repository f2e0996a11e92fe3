package dev.newel.operator.model;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.PolicyReading;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.kube.Applier;
import dev.newel.operator.kube.Applier.Step;
import dev.newel.operator.kube.Child;
import dev.newel.operator.kube.Labels;
import dev.newel.operator.kube.Reason;
import dev.newel.operator.kube.StatusWriter;
import dev.newel.operator.model.ModelStatus.Failure;
import dev.newel.operator.policy.PolicyReadings;
import dev.newel.operator.policy.WordSources;
import dev.newel.policy.bundle.BundleSigner;
import dev.newel.policy.bundle.BundleVerifier;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Turns a model into its children, and says how far they are. */
@ControllerConfiguration(name = "model")
public class ModelReconciler implements Reconciler<ModelDeployment> {
  private static final Logger LOG = Logger.getLogger(ModelReconciler.class);

  /** Reconciliations between two looks at what can be forgotten. */
  private static final int FORGET_EVERY = 1000;

  private final Applier applier;
  private final StatusWriter statuses;
  private final OperatorConfig config;
  private final BundleSigner signer;
  private final BundleVerifier verifier;
  private final WordSources words;
  private final PolicyReadings readings;
  private final FilterReports reports;
  private final Clock clock;
  private final AtomicLong reconciliations = new AtomicLong();
  private ModelEvents events;

  public ModelReconciler(
      Applier applier,
      StatusWriter statuses,
      OperatorConfig config,
      BundleSigner signer,
      WordSources words,
      PolicyReadings readings,
      FilterAdmin admin,
      Clock clock) {
    this.applier = applier;
    this.statuses = statuses;
    this.config = config;
    this.signer = signer;
    this.verifier = new BundleVerifier(signer.publicKey());
    this.words = words;
    this.readings = readings;
    this.reports = new FilterReports(admin);
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, ModelDeployment>> prepareEventSources(
      EventSourceContext<ModelDeployment> context) {
    events = new ModelEvents(context, words);
    return events.sources();
  }

  @Override
  public UpdateControl<ModelDeployment> reconcile(
      ModelDeployment model, Context<ModelDeployment> context) {
    if (model.getMetadata().getDeletionTimestamp() != null || events.namespaceEnds(model)) {
      return UpdateControl.noUpdate(); // its children go with it
    }
    if (reconciliations.incrementAndGet() % FORGET_EVERY == 0) {
      events.forgetGone();
      reports.forgetAllBut(events.podUids());
    }
    Collection<Pod> pods = events.pods(model).values();
    ModelInput input = gather(model, reports.cached(pods));
    ModelDesired desired = ModelDesired.of(input, config, signer);
    Optional<Failure> failure;
    try {
      failure = apply(input, desired);
    } catch (Applier.OutdatedException e) {
      return UpdateControl.<ModelDeployment>noUpdate().rescheduleAfter(Duration.ofMillis(100));
    }
    if (desired.bundle().isPresent() && failure.isEmpty()) {
      hurry(model, pods, desired.bundle().get().sequence());
      input = gather(model, reports.ask(pods, desired.bundle().get().revision()));
    }
    ModelStatus.Desired status = ModelStatus.of(input, desired, failure, clock);
    statuses.write(
        model, new ModelDeployment(), status.status(), status.conditions().transitions());
    return again(input, desired, failure);
  }

  private ModelInput gather(ModelDeployment model, List<PodReport> pods) {
    Map<GuardrailResource, PolicyReading> policies = new LinkedHashMap<>();
    events.selecting(model).forEach(p -> policies.put(p, readings.of(p)));
    Map<String, GenericKubernetesResource> children = events.children(model);
    List<GenericKubernetesResource> maps =
        children.values().stream().filter(c -> c.getKind().equals("ConfigMap")).toList();
    return new ModelInput(model, policies, children, ModelBundle.read(model, maps, verifier), pods);
  }

  private Optional<Failure> apply(ModelInput input, ModelDesired desired) {
    Map<String, String> labels = Labels.child(input.model().getMetadata().getName());
    List<Step> steps =
        desired.children().stream()
            .map(c -> new Step(c, Optional.ofNullable(input.children().get(c.key()))))
            .filter(s -> s.actual().filter(a -> s.child().matches(a, labels)).isEmpty())
            .toList();
    try {
      for (Step step : steps) {
        if (step.child().kind().equals("Deployment")) {
          try {
            applier.dryRun(input.model(), step, labels);
          } catch (KubernetesClientException e) {
            if (e.getCode() != 422 && e.getCode() != 400 && e.getCode() != 403) {
              throw e;
            }
            return Optional.of(rejected(e));
          }
        }
      }
      applier.apply(input.model(), steps, labels, "desired state of the model");
      removeUnwanted(input, desired);
      return Optional.empty();
    } catch (Applier.NameCollisionException e) {
      return Optional.of(new Failure("WorkloadAvailable", Reason.NAME_COLLISION, e.getMessage()));
    } catch (AuditUnavailableException e) {
      return Optional.of(
          new Failure("WorkloadAvailable", Reason.AUDIT_UNAVAILABLE, e.getMessage()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        throw new Applier.OutdatedException(e);
      }
      return Optional.of(
          new Failure(
              "WorkloadAvailable",
              e.getCode() == 403 ? Reason.FORBIDDEN : Reason.FAILED,
              words(e)));
    }
  }

  private static Failure rejected(KubernetesClientException e) {
    boolean ours = e.getCode() == 403 && words(e).contains("system:serviceaccount");
    return new Failure(
        "WorkloadAvailable", ours ? Reason.FORBIDDEN : Reason.TEMPLATE_REJECTED, words(e));
  }

  private static String words(KubernetesClientException e) {
    return e.getStatus() != null && e.getStatus().getMessage() != null
        ? e.getStatus().getMessage()
        : "HTTP " + e.getCode();
  }

  /** A disruption budget of a model that has become one pod, parts of a bundle that has shrunk. */
  private void removeUnwanted(ModelInput input, ModelDesired desired) {
    List<String> wanted = desired.children().stream().map(Child::key).toList();
    for (GenericKubernetesResource child : input.children().values()) {
      if (!wanted.contains(Child.key(child)) && Child.isOwned(child, input.model())) {
        applier.delete(input.model(), child, "no longer part of the model");
      }
    }
  }

  /** The kubelet brings a changed ConfigMap at its next round, or at once when the pod changes. */
  private void hurry(ModelDeployment model, Collection<Pod> pods, long sequence) {
    String wanted = Long.toString(sequence);
    List<Pod> late =
        pods.stream()
            .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
            .filter(p ->
                p.getMetadata().getAnnotations() == null
                    || !wanted.equals(
                        p.getMetadata().getAnnotations().get(FilterContract.SEQUENCE_ANNOTATION)))
            .toList();
    try {
      applier.annotate(
          model, late, Map.of(FilterContract.SEQUENCE_ANNOTATION, wanted), "hurry the bundle");
    } catch (KubernetesClientException | AuditUnavailableException e) {
      LOG.infof("event=pods.not_hurried model=%s", model.reference()); // it comes, only later
    }
  }

  /** Filters are asked again soon while they take a bundle over; at rest nothing is asked. */
  private static UpdateControl<ModelDeployment> again(
      ModelInput input, ModelDesired desired, Optional<Failure> failure) {
    if (failure.isPresent()) {
      return UpdateControl.<ModelDeployment>noUpdate().rescheduleAfter(Duration.ofSeconds(5));
    }
    Optional<String> revision = desired.bundle().map(b -> b.revision());
    boolean waiting =
        revision.isPresent()
            && input.pods().stream()
                .filter(PodReport::running)
                .anyMatch(p -> !p.revision().equals(revision));
    return waiting
        ? UpdateControl.<ModelDeployment>noUpdate().rescheduleAfter(Duration.ofMillis(250))
        : UpdateControl.noUpdate();
  }
}
