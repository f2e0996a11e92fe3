package dev.newel.cli.cluster;

import dev.newel.cli.ExitCode;
import dev.newel.crds.ModelDeployment;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = {
      "Say why the requests to a model are filtered as they are: by which policies and rules, at"
          + " which revision, on how many pods, who may connect, and who may bypass it until when."
    },
    footer = {
      "",
      "Ends with 0 when everything that should be enforced is, 1 when something is not, 2 when it"
          + " could not be found out."
    })
public final class ExplainCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Source source;
  @Mixin private Output output;

  @Parameters(
      paramLabel = "MODEL|POD",
      description =
          "Name of a ModelDeployment or of one of its pods; model/NAME or pod/NAME says which.")
  private String name;

  public ExplainCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    Snapshot snapshot;
    try {
      snapshot = source.look();
    } catch (UnreachableException e) {
      err.println("newel explain: " + e.getMessage());
      return ExitCode.FAILED;
    }
    String namespace = source.namespace();
    Optional<ModelDeployment> model = find(snapshot, namespace);
    if (model.isEmpty()) {
      err.println(
          "newel explain: no model and no pod of a model is called %s in namespace %s; there are: %s"
              .formatted(name, namespace, known(snapshot)));
      return ExitCode.FAILED;
    }
    ModelView view = ModelView.of(snapshot, model.get());
    output.print(out, view, Screen.of(view));
    snapshot.notes().forEach(n -> err.println("newel explain: " + n));
    return view.ready() ? ExitCode.YES : ExitCode.NO;
  }

  private Optional<ModelDeployment> find(Snapshot snapshot, String namespace) {
    String wanted = name.substring(name.indexOf('/') + 1);
    Optional<ModelDeployment> model =
        name.startsWith("pod/") ? Optional.empty() : snapshot.model(namespace, wanted);
    if (model.isPresent() || name.startsWith("model/")) {
      return model;
    }
    return snapshot
        .pod(namespace, wanted)
        .flatMap(p ->
            snapshot.models().stream().filter(m -> snapshot.podsOf(m).contains(p)).findFirst());
  }

  private static String known(Snapshot snapshot) {
    return snapshot.models().isEmpty()
        ? "no models at all"
        : String.join(
            ", ", snapshot.models().stream().limit(16).map(ModelDeployment::reference).toList());
  }
}
