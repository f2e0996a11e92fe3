package dev.newel.cli.breakglass;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** A request, as somebody must see it who decides on it. */
final class Report {
  private Report() {}

  static void print(BreakGlassRequest request, PrintStream out) {
    var spec = request.getSpec();
    BreakGlassRequestStatus status = request.getStatus();
    line(out, "request", request.reference());
    line(out, "who", spec.requester());
    line(out, "gets", "ClusterRole/" + spec.role() + " under policy " + spec.policy());
    line(
        out,
        "how long",
        spec.duration() + (spec.notBefore() == null ? "" : ", not before " + spec.notBefore()));
    line(out, "why", spec.reason());
    if (spec.inEmergency()) {
      line(out, "EMERGENCY", "nobody is asked; it is reviewed afterwards");
    }
    if (status == null || status.phase() == null) {
      line(out, "phase", "the operator has not looked at it yet");
      return;
    }
    lines(out, "rules", status.rules());
    lines(out, "new to them", status.newForUser());
    line(out, "phase", status.phase().text());
    ready(status).ifPresent(c -> line(out, "", c.getMessage()));
    if (status.quorum() != null) {
      String who =
          status.approvals() == null
              ? ""
              : ": " + String.join(", ", status.approvals().stream().map(a -> a.user()).toList());
      line(out, "approvals", status.quorum() + who);
    }
    line(out, "until", status.expiresAt());
    if (status.ended() != null) {
      line(out, "ended", status.ended().at() + ", " + status.ended().message());
    }
    lines(out, "left behind", status.residual());
    line(out, "review by", status.reviewBy());
    line(out, "digest", status.digest());
  }

  static Optional<Condition> ready(BreakGlassRequestStatus status) {
    return Optional.ofNullable(status.conditions()).stream()
        .flatMap(List::stream)
        .filter(c -> c.getType().equals("Ready"))
        .findFirst();
  }

  private static void lines(PrintStream out, String label, List<String> values) {
    if (values != null) {
      for (int i = 0; i < values.size(); i++) {
        line(out, i == 0 ? label : "", values.get(i));
      }
    }
  }

  private static void line(PrintStream out, String label, String value) {
    if (value != null && !value.isEmpty()) {
      out.printf("  %-12s %s%n", label, Printable.of(value));
    }
  }
}
