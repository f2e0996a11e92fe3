package dev.newel.cli.audit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.audit.verify.Check;
import dev.newel.audit.verify.Finding;
import dev.newel.audit.verify.Verdict;

/** A verdict for programs. */
final class VerdictJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private VerdictJson() {}

  static String json(Verdict verdict) {
    ObjectNode out = JSON.createObjectNode();
    out.put("sound", verdict.sound());
    out.put("events", verdict.events());
    out.put("producers", verdict.producers());
    verdict
        .checkpoint()
        .ifPresent(c ->
            out.putObject("checkpoint")
                .put("origin", c.origin())
                .put("size", c.size())
                .put("root", c.root().base64()));
    var findings = out.putArray("findings");
    for (Finding f : verdict.findings()) {
      findings
          .addObject()
          .put("check", f.check().name())
          .put("title", f.check().title())
          .put("where", f.where())
          .put("message", f.message());
    }
    verdict.notes().forEach(out.putArray("notes")::add);
    return out.toString();
  }

  /** SARIF 2.1.0 (OASIS): what CI systems show beside a change. */
  static String sarif(Verdict verdict, String log) {
    ObjectNode out = JSON.createObjectNode();
    out.put("version", "2.1.0");
    ObjectNode run = out.putArray("runs").addObject();
    ObjectNode driver = run.putObject("tool").putObject("driver");
    driver.put("name", "newel audit verify");
    var rules = driver.putArray("rules");
    for (Check check : Check.values()) {
      ObjectNode rule = rules.addObject().put("id", check.name()).put("name", check.title());
      rule.putObject("shortDescription").put("text", check.promise());
    }
    var results = run.putArray("results");
    for (Finding f : verdict.findings()) {
      ObjectNode result = results.addObject().put("ruleId", f.check().name()).put("level", "error");
      result.putObject("message").put("text", f.where() + ": " + f.message());
      ObjectNode place = result.putArray("locations").addObject();
      place.putObject("physicalLocation").putObject("artifactLocation").put("uri", log);
      place.putArray("logicalLocations").addObject().put("fullyQualifiedName", f.where());
    }
    return out.toString();
  }
}
