package dev.newel.filter.protocol;

import com.fasterxml.jackson.core.JsonToken;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.tools.ToolRules;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions and calls of tools in a document, judged by the rules on tools; and how the document
 * reads without those that are to be masked, and without the answers of such calls. What is left is
 * as the API would say it: no empty list of tools, no reason to stop that is gone.
 */
final class ToolUses {
  private final ToolRules rules;
  private final Direction direction;
  private final byte[] json;
  private final List<Finding> findings = new ArrayList<>();
  private final List<Patch> patches = new ArrayList<>();

  /** Ids of calls that were taken out: their results go with them. */
  private final Set<String> ids = new HashSet<>();

  private ToolUses(ToolRules rules, Direction direction, byte[] json) {
    this.rules = rules;
    this.direction = direction;
    this.json = json;
  }

  /**
   * What the rules say.
   *
   * @param findings of all uses
   * @param patches what takes those out that are masked
   */
  record Judged(List<Finding> findings, List<Patch> patches) {}

  static Judged judge(byte[] json, Api api, ToolRules rules, Direction direction) {
    if (rules.isEmpty(direction)) {
      return new Judged(List.of(), List.of());
    }
    var uses = new ToolUses(rules, direction, json);
    Node root = Node.read(json);
    switch (api) {
      case CHAT -> uses.chat(root);
      case RESPONSES -> uses.responses(root);
      case MESSAGES -> uses.messages(root);
      case COMPLETIONS, EMBEDDINGS -> {}
    }
    return new Judged(uses.findings, uses.patches);
  }

  private void chat(Node root) {
    definitions(root);
    Set<Node> gone = new HashSet<>();
    root.elements("messages")
        .forEach(message -> {
          boolean emptied = chatCalls(message).isPresent() && without(message, "content");
          if (emptied || ids.contains(message.string("tool_call_id"))) {
            gone.add(message);
          }
        });
    root.get("messages").ifPresent(m -> patches.addAll(m.without(gone)));
    root.elements("choices")
        .forEach(choice ->
            choice
                .get("message")
                .flatMap(this::chatCalls)
                .flatMap(_ -> choice.get("finish_reason"))
                .filter(r -> r.text().equals("tool_calls") || r.text().equals("function_call"))
                .ifPresent(r -> replace(r, "\"stop\"")));
  }

  /** Takes denied calls out of a message; present when none are left. */
  private Optional<Node> chatCalls(Node message) {
    Set<Node> gone = new HashSet<>();
    Set<Node> members = new HashSet<>();
    message
        .elements("tool_calls")
        .forEach(call -> {
          Node inner = call.get("function").or(() -> call.get("custom")).orElse(call);
          if (denied(inner.string("name"), arguments(inner), call.string("id"))) {
            gone.add(call);
          }
        });
    Optional<Node> calls = message.get("tool_calls");
    if (!gone.isEmpty() && gone.size() == calls.orElseThrow().inside().size()) {
      members.add(calls.get());
    } else {
      calls.ifPresent(c -> patches.addAll(c.without(gone)));
    }
    message
        .get("function_call")
        .filter(call -> call.kind() == JsonToken.START_OBJECT)
        .filter(call -> denied(call.string("name"), arguments(call), ""))
        .ifPresent(members::add);
    patches.addAll(message.without(members));
    return members.isEmpty() ? Optional.empty() : Optional.of(message);
  }

  private void responses(Node root) {
    definitions(root);
    items(root.get("input"));
    items(root.get("output"));
    root.get("response").ifPresent(this::responses);
  }

  private void items(Optional<Node> list) {
    Set<Node> gone = new HashSet<>();
    list.filter(l -> l.kind() == JsonToken.START_ARRAY)
        .ifPresent(l -> {
          l.inside().stream()
              .map(Node.Inside::value)
              .filter(item -> deniedItem(item) || ids.contains(resultOf(item)))
              .forEach(gone::add);
          patches.addAll(l.without(gone));
        });
  }

  /** Whether an item of a response is a call that is to be taken out. */
  private boolean deniedItem(Node item) {
    String type = item.string("type");
    if (!type.endsWith("_call")) {
      return false;
    }
    String name = item.string("name");
    return denied(
        name.isEmpty() ? type.substring(0, type.length() - "_call".length()) : name,
        arguments(item),
        item.string("call_id"));
  }

  private static String resultOf(Node item) {
    return item.string("type").endsWith("_output") ? item.string("call_id") : "";
  }

  private void messages(Node root) {
    definitions(root);
    Set<Node> gone = new HashSet<>();
    root.elements("messages")
        .forEach(message -> {
          if (blocks(message)) {
            gone.add(message);
          }
        });
    root.get("messages").ifPresent(m -> patches.addAll(m.without(gone)));
    int before = findings.size();
    blocks(root);
    boolean called =
        root.elements("content").anyMatch(b -> isCall(b) && !ids.contains(b.string("id")));
    if (findings.size() > before && !called) {
      root.get("stop_reason")
          .filter(r -> r.text().equals("tool_use"))
          .ifPresent(r -> replace(r, "\"end_turn\""));
    }
  }

  /** Takes denied calls and their results out of a message; whether nothing is left. */
  private boolean blocks(Node message) {
    Set<Node> gone = new HashSet<>();
    List<Node> blocks = message.elements("content").toList();
    for (Node block : blocks) {
      boolean denied =
          isCall(block) && denied(block.string("name"), arguments(block), block.string("id"));
      if (denied || ids.contains(block.string("tool_use_id"))) {
        gone.add(block);
      }
    }
    message
        .get("content")
        .filter(_ -> !gone.isEmpty())
        .ifPresent(c -> patches.addAll(c.without(gone)));
    return !gone.isEmpty() && gone.size() == blocks.size();
  }

  private static boolean isCall(Node block) {
    return block.string("type").endsWith("tool_use");
  }

  private void definitions(Node root) {
    Set<Node> members = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (String list : List.of("tools", "functions")) {
      Set<Node> gone = new HashSet<>();
      root.elements(list)
          .forEach(tool -> {
            String name = nameOf(tool);
            List<Finding> found = rules.definition(name, direction);
            findings.addAll(found);
            if (masks(found)) {
              gone.add(tool);
              names.add(name);
            }
          });
      Optional<Node> tools = root.get(list).filter(_ -> !gone.isEmpty());
      if (tools.isPresent() && gone.size() == tools.get().inside().size()) {
        members.add(tools.get());
        root.get("tool_choice").ifPresent(members::add);
        root.get("function_call").ifPresent(members::add);
        root.get("parallel_tool_calls").ifPresent(members::add);
      } else {
        tools.ifPresent(t -> patches.addAll(t.without(gone)));
      }
    }
    for (String choice : List.of("tool_choice", "function_call")) {
      root.get(choice).filter(c -> names.contains(nameOf(c))).ifPresent(members::add);
    }
    patches.addAll(root.without(members));
  }

  /** A tool of the provider has no name of its own, but a type. */
  private static String nameOf(Node tool) {
    return tool.at("function", "name")
        .or(() -> tool.at("custom", "name"))
        .or(() -> tool.get("name"))
        .or(() -> tool.get("type"))
        .map(Node::text)
        .orElse("");
  }

  /** Arguments are a JSON text in a string, an object, or what a custom tool takes. */
  private String arguments(Node call) {
    return call.get("arguments")
        .or(() -> call.get("input"))
        .or(() -> call.get("action"))
        .map(a -> a.kind() == JsonToken.VALUE_STRING ? a.text() : a.written(json))
        .orElse("");
  }

  private boolean denied(String name, String arguments, String id) {
    List<Finding> found = rules.call(name, arguments, direction);
    findings.addAll(found);
    boolean denied = masks(found);
    if (denied && !id.isEmpty()) {
      ids.add(id);
    }
    return denied;
  }

  private static boolean masks(List<Finding> found) {
    return found.stream().anyMatch(f -> f.action() == Action.MASK);
  }

  private static boolean without(Node message, String member) {
    return message.get(member).map(Node::isVoid).orElse(true);
  }

  private void replace(Node node, String json) {
    patches.add(
        new Patch(
            node.start(), node.end(), json.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
