package dev.newel.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Entity;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Settings;
import dev.newel.policy.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes out of objects and logs what a stranger must not read. Two nets: fields that may hold
 * anything go by name, whatever is in them; what is left passes Newel's own detectors of
 * credentials and personal data.
 */
final class Redaction {
  private static final String REMOVED = "<removed>";

  /** Content that users write: programs, environment, data, word lists. */
  private static final Set<String> FREE =
      Set.of(
          "args",
          "command",
          "data",
          "binaryData",
          "stringData",
          "values",
          "expressions",
          "canaries",
          "blockedMessage");

  private static final Set<String> GONE = Set.of("managedFields", "annotations");

  /** Forms of credentials, bounded as every expression of a policy is. */
  private static final List<String> CREDENTIALS =
      List.of(
          "-----BEGIN ([A-Z]{2,10} ){0,2}PRIVATE KEY( BLOCK)?-----",
          "\\b(AKIA|ASIA)[0-9A-Z]{16}\\b",
          "\\bgh[opsur]_[0-9A-Za-z]{36}\\b",
          "\\bxox[abeoprs]-[0-9A-Za-z-]{10,64}\\b",
          "\\beyJ[0-9A-Za-z_.-]{8,200}",
          "(?i)\\bbearer [0-9a-z._~+/-]{8,200}",
          "(?i)\\b(password|passwd|token|secret|api[_-]?key)[\"']?[:=] ?[\"']?[^\\s\"']{4,200}");

  private final Engine engine;

  Redaction() {
    engine =
        Engine.compile(
            EffectivePolicy.of(
                List.of(
                    rule("secrets", new Check.Pattern(CREDENTIALS)),
                    rule(
                        "personal",
                        new Check.Sensitive(new TreeSet<Entity>(List.of(Entity.values()))))),
                Settings.DEFAULT),
            new byte[32]);
  }

  private static Rule rule(String name, Check check) {
    return new Rule(
        new RuleId(PolicyKind.CLUSTER, "support-bundle", name),
        Severity.HIGH,
        check,
        Optional.of(Action.MASK),
        Optional.empty(),
        Mode.ENFORCE,
        MaskStyle.LABEL,
        BlockedMessages.DEFAULT,
        false);
  }

  /** A line of a log, or a value. */
  String text(String text) {
    return engine.judge(text, Origin.PROMPT).masked().orElse(REMOVED);
  }

  /** An object, changed in place. */
  JsonNode object(JsonNode node) {
    switch (node) {
      case ObjectNode object -> {
        for (String key : names(object)) {
          JsonNode value = object.get(key);
          if (GONE.contains(key)) {
            object.remove(key);
          } else if (FREE.contains(key) && !selector(object)) {
            object.set(key, new TextNode(REMOVED));
          } else if (key.equals("value") && object.has("name")) {
            object.put(key, REMOVED); // of an environment variable
          } else {
            object.set(key, object(value));
          }
        }
      }
      case ArrayNode array -> {
        for (int i = 0; i < array.size(); i++) {
          array.set(i, object(array.get(i)));
        }
      }
      case TextNode text -> {
        return new TextNode(text(text.asText()));
      }
      default -> {}
    }
    return node;
  }

  /** Values of a label selector are labels. */
  private static boolean selector(ObjectNode object) {
    return object.has("operator") && object.has("key");
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
