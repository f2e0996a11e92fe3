package dev.newel.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What people read. Every line is made of fixed words and of values of one line. */
final class Screen {
  private Screen() {}

  static String of(ModelView view) {
    var out = new StringBuilder();
    line(out, "Model", view.model() + (view.endpoint().isEmpty() ? "" : "  " + view.endpoint()));
    line(out, "Ready", view.ready() ? "yes" : "no, " + view.reason() + ": " + view.message());
    line(
        out,
        "Revision",
        view.revision().isEmpty()
            ? "none; the filter refuses all requests"
            : view.revision()
                + " on %d of %d pods".formatted(view.podsProgrammed(), view.podsTotal())
                + (view.drifts() && !view.oldestRevision().isEmpty()
                    ? "; the oldest is " + view.oldestRevision()
                    : ""));
    line(out, "Clients", list(view.clients(), "nobody"));
    if (!view.egress().isEmpty()) {
      line(out, "Egress", String.join("; ", view.egress()));
    }
    line(
        out,
        "Bypass",
        list(
            view.bypass().stream()
                .map(g ->
                    "%s until %s (BreakGlassRequest %s)"
                        .formatted(g.requester(), g.until(), g.request()))
                .toList(),
            "nobody has been granted access past it"));
    out.append('\n');
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("RULE", "DETECTOR", "SEVERITY", "INPUT", "OUTPUT", "MODE"));
    for (var policy : view.policies()) {
      for (var rule : policy.rules()) {
        rows.add(
            List.of(
                rule.id(),
                rule.detector(),
                rule.severity(),
                dash(rule.input()),
                dash(rule.output()),
                policy.mode()));
      }
    }
    if (rows.size() == 1) {
      out.append("No policy selects this model.\n");
    } else {
      table(out, rows);
    }
    view.policies().stream()
        .filter(p -> !p.accepted())
        .forEach(p ->
            out.append("! ")
                .append(p.policy())
                .append(" is not enforced as written: ")
                .append(p.problem())
                .append('\n'));
    return out.toString();
  }

  static String of(ClusterView view) {
    var out = new StringBuilder();
    line(
        out,
        "Operator",
        list(
            view.operators().stream()
                .map(o ->
                    "%d of %d in %s, %s".formatted(o.ready(), o.wanted(), o.namespace(), o.image()))
                .toList(),
            "none found"));
    line(
        out,
        "Models",
        "%d of %d ready, %d drifting"
            .formatted(view.modelsReady(), view.modelCount(), view.modelsDrifting()));
    line(
        out,
        "Policies",
        "%d of %d ready"
            .formatted(view.policyCount() - view.policies().size(), view.policyCount()));
    line(
        out,
        "Grants",
        "%d live, %d in all"
            .formatted(view.grants().stream().filter(Grant::live).count(), view.grants().size()));
    out.append('\n');
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("MODEL", "READY", "REVISION", "PODS", "POLICIES", "REASON"));
    view.models()
        .forEach(m ->
            rows.add(
                List.of(
                    m.model(),
                    m.ready() ? "yes" : "no",
                    dash(m.revision()),
                    m.podsProgrammed() + "/" + m.podsTotal(),
                    String.valueOf(m.policies().size()),
                    m.reason())));
    table(out, rows);
    view.models().stream()
        .filter(m -> !m.ready())
        .forEach(m ->
            out.append("! ")
                .append(m.model())
                .append(": ")
                .append(oneLine(m.message()))
                .append('\n'));
    view.policies()
        .forEach(p ->
            out.append("! ")
                .append(p.object())
                .append(": ")
                .append(p.reason())
                .append(": ")
                .append(oneLine(p.message()))
                .append('\n'));
    view.grants().stream()
        .filter(Grant::live)
        .forEach(g ->
            out.append(
                "! %s has access to namespace %s until %s (BreakGlassRequest %s)\n"
                    .formatted(g.requester(), g.namespace(), g.until(), g.request())));
    view.notes().forEach(n -> out.append("? ").append(n).append('\n'));
    return out.toString();
  }

  private static void line(StringBuilder out, String name, String value) {
    out.append("%-9s %s%n".formatted(name, oneLine(value)).replace("\r\n", "\n"));
  }

  private static String list(List<String> values, String none) {
    return values.isEmpty() ? none : String.join("; ", values);
  }

  private static String dash(String value) {
    return value.isEmpty() ? "-" : value;
  }

  /** What objects say could hold line ends and terminal codes. */
  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  private static void table(StringBuilder out, List<List<String>> rows) {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(c -> rows.stream().mapToInt(r -> oneLine(r.get(c)).length()).max().orElse(0))
            .toArray();
    for (var row : rows) {
      String line =
          IntStream.range(0, row.size())
              .mapToObj(
                  c -> oneLine(row.get(c)) + " ".repeat(widths[c] - oneLine(row.get(c)).length()))
              .collect(Collectors.joining("  "));
      out.append(line.stripTrailing()).append('\n');
    }
  }
}
