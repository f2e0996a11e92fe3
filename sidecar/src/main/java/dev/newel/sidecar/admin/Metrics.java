package dev.newel.sidecar.admin;

import dev.newel.filter.decide.Finding;
import dev.newel.policy.Direction;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * What a filter counts, in the text format of Prometheus (exposition format 0.0.4). Labels are rule
 * ids, outcomes and reasons: never a user, a prompt or a subject.
 */
public final class Metrics {
  /**
   * Every metric, with its type and what it says: the one list; the reference page is made of it.
   */
  public enum Metric {
    REQUESTS("newel_requests_total", "counter", "Requests by how they ended."),
    FINDINGS("newel_findings_total", "counter", "Matches of rules, by rule and effect."),
    DECISION("newel_decision_seconds", "histogram", "Time spent judging, by stage."),
    UNINSPECTED("newel_uninspected_bytes_total", "counter", "Bytes that passed without a look."),
    INSPECTED("newel_inspected_bytes_total", "counter", "Bytes of text that were looked at."),
    HOLDBACK("newel_stream_holdback_chars", "gauge", "Most characters a stream held back lately."),
    BUNDLE("newel_bundle_info", "gauge", "1 for the policy revision in force."),
    BUNDLE_AGE("newel_bundle_age_seconds", "gauge", "Since when the revision is in force."),
    OPEN(
        "newel_open_switches",
        "gauge",
        "1 for each switch of the policy in force that lets pass what was not judged."),
    BUNDLE_REFUSED("newel_bundle_refused_total", "counter", "Bundles that were not accepted."),
    SPOOL("newel_audit_spool_bytes", "gauge", "Records that are not with the audit log yet."),
    UNDER_WAY("newel_requests_under_way", "gauge", "Requests that have not ended."),
    BUFFERED(
        "newel_buffered_bytes",
        "gauge",
        "Bytes held to be decided, or waiting for clients to take them."),
    UPSTREAM("newel_upstream_seconds", "histogram", "Time until the model began its answer."),
    UPSTREAM_ERRORS("newel_upstream_errors_total", "counter", "Requests the model did not answer.");

    private final String wire;
    private final String type;
    private final String help;

    Metric(String wire, String type, String help) {
      this.wire = wire;
      this.type = type;
      this.help = help;
    }

    public String wire() {
      return wire;
    }

    public String type() {
      return type;
    }

    public String help() {
      return help;
    }
  }

  private static final double[] BUCKETS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10
  };

  private final String model;
  private final Map<Metric, Map<String, LongAdder>> counters = new EnumMap<>(Metric.class);
  private final Map<String, Histogram> histograms = new ConcurrentHashMap<>();
  private final AtomicLong holdback = new AtomicLong();
  private volatile String revision = "";
  private volatile long loadedAt;
  private volatile List<String> open = List.of();
  private volatile LongSupplier spool = () -> 0;
  private volatile LongSupplier underWay = () -> 0;
  private volatile LongSupplier buffered = () -> 0;

  private static final class Histogram {
    final LongAdder[] counts = new LongAdder[BUCKETS.length + 1];
    final LongAdder nanos = new LongAdder();

    Histogram() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    void observe(long elapsed) {
      int i = 0;
      while (i < BUCKETS.length && elapsed > BUCKETS[i] * 1e9) {
        i++;
      }
      counts[i].increment();
      nanos.add(elapsed);
    }
  }

  public Metrics(String model) {
    this.model = model;
    for (Metric metric : Metric.values()) {
      counters.put(metric, new ConcurrentHashMap<>());
    }
  }

  public void request(String api, String outcome) {
    add(Metric.REQUESTS, labels("model", model, "api", api, "outcome", outcome), 1);
  }

  public void finding(Finding finding, Direction direction) {
    add(
        Metric.FINDINGS,
        labels(
            "rule", finding.rule().id().toString(),
            "severity", finding.rule().severity().name().toLowerCase(Locale.ROOT),
            "direction", direction.name().toLowerCase(Locale.ROOT),
            "action", finding.action().name().toLowerCase(Locale.ROOT)),
        1);
  }

  public void uninspected(String reason, long bytes) {
    add(Metric.UNINSPECTED, labels("reason", reason), bytes);
  }

  public void inspected(long bytes) {
    add(Metric.INSPECTED, "", bytes);
  }

  public void decision(String stage, long nanos) {
    observe(Metric.DECISION, labels("stage", stage), nanos);
  }

  public void upstream(long nanos) {
    observe(Metric.UPSTREAM, "", nanos);
  }

  public void upstreamError(String reason) {
    add(Metric.UPSTREAM_ERRORS, labels("reason", reason), 1);
  }

  public void bundleRefused(String reason) {
    add(Metric.BUNDLE_REFUSED, labels("reason", reason), 1);
  }

  /**
   * A bundle is in force.
   *
   * @param switches names of the settings that let pass what was not judged
   */
  public void bundle(String newRevision, List<String> switches, long nowMillis) {
    revision = newRevision;
    open = List.copyOf(switches);
    loadedAt = nowMillis;
  }

  /** Where to ask how many bytes of records wait for the audit log. */
  public void spool(LongSupplier bytes) {
    spool = bytes;
  }

  /** Where to ask how many requests are under way, and how many bytes are held for them. */
  public void load(LongSupplier requests, LongSupplier bytes) {
    underWay = requests;
    buffered = bytes;
  }

  public void holdback(int characters) {
    holdback.accumulateAndGet(characters, Math::max);
  }

  private void add(Metric metric, String labels, long by) {
    counters.get(metric).computeIfAbsent(labels, _ -> new LongAdder()).add(by);
  }

  private void observe(Metric metric, String labels, long nanos) {
    histograms.computeIfAbsent(metric.wire() + "|" + labels, _ -> new Histogram()).observe(nanos);
  }

  private static String labels(String... pairs) {
    var out = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      out.append(i == 0 ? "" : ",").append(pairs[i]).append("=\"").append(pairs[i + 1]).append('"');
    }
    return out.toString();
  }

  /** The whole page. */
  public String page(long nowMillis) {
    var out = new StringBuilder();
    for (Metric metric : Metric.values()) {
      out.append("# HELP ").append(metric.wire()).append(' ').append(metric.help()).append('\n');
      out.append("# TYPE ").append(metric.wire()).append(' ').append(metric.type()).append('\n');
      counters.get(metric).forEach((l, v) -> line(out, metric.wire(), l, v.sum()));
      switch (metric) {
        case DECISION, UPSTREAM -> histogram(out, metric);
        case HOLDBACK -> line(out, metric.wire(), "", holdback.getAndSet(0));
        case BUNDLE -> {
          if (!revision.isEmpty()) {
            line(out, metric.wire(), labels("revision", revision), 1);
          }
        }
        case BUNDLE_AGE -> {
          if (!revision.isEmpty()) {
            line(out, metric.wire(), "", (nowMillis - loadedAt) / 1000);
          }
        }
        case OPEN -> open.forEach(s -> line(out, metric.wire(), labels("switch", s), 1));
        case SPOOL -> line(out, metric.wire(), "", spool.getAsLong());
        case UNDER_WAY -> line(out, metric.wire(), "", underWay.getAsLong());
        case BUFFERED -> line(out, metric.wire(), "", buffered.getAsLong());
        default -> {}
      }
    }
    return out.toString();
  }

  private void histogram(StringBuilder out, Metric metric) {
    histograms.forEach((key, h) -> {
      if (!key.startsWith(metric.wire() + "|")) {
        return;
      }
      String labels = key.substring(metric.wire().length() + 1);
      String comma = labels.isEmpty() ? "" : labels + ",";
      long sum = 0;
      for (int i = 0; i < BUCKETS.length; i++) {
        sum += h.counts[i].sum();
        line(out, metric.wire() + "_bucket", comma + "le=\"" + BUCKETS[i] + "\"", sum);
      }
      sum += h.counts[BUCKETS.length].sum();
      line(out, metric.wire() + "_bucket", comma + "le=\"+Inf\"", sum);
      line(out, metric.wire() + "_count", labels, sum);
      out.append(metric.wire()).append("_sum").append(labels.isEmpty() ? "" : "{" + labels + "}");
      out.append(' ').append(h.nanos.sum() / 1e9).append('\n');
    });
  }

  private static void line(StringBuilder out, String name, String labels, long value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }
}
