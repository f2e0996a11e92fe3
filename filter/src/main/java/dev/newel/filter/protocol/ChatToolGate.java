package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonToken;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.tools.ToolRules;
import dev.newel.policy.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Chat completions: the pieces of a call stand in its choice. From the first piece of a call on,
 * everything is held until every choice that calls has ended.
 */
final class ChatToolGate implements ToolGate {
  /** Of the old form there is one call to a choice. */
  private static final String ONLY = "";

  /** A call, by its choice and its index in there. */
  private record Key(String choice, String index) {}

  private static final class Call {
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();
  }

  private final ToolRules rules;
  private final List<Passing> held = new ArrayList<>();
  private final Map<Key, Call> calls = new LinkedHashMap<>();
  private final Set<String> calling = new HashSet<>();
  private long bytes;

  ChatToolGate(ToolRules rules) {
    this.rules = rules;
  }

  @Override
  public Opened add(Passing event) {
    Node root = Node.read(event.data());
    root.elements("choices").forEach(this::choice);
    if (calls.isEmpty()) {
      return Opened.of(event);
    }
    bytes += event.size();
    ToolGate.checkHeld(bytes);
    held.add(event);
    root.elements("choices")
        .filter(c -> !c.string("finish_reason").isEmpty())
        .forEach(c -> calling.remove(index(c)));
    return calling.isEmpty() ? open() : Opened.NOTHING;
  }

  @Override
  public Opened end() {
    return open();
  }

  private void choice(Node choice) {
    delta(choice)
        .ifPresent(delta -> {
          delta
              .elements("tool_calls")
              .forEach(call -> {
                Node inner = call.get("function").or(() -> call.get("custom")).orElse(call);
                piece(new Key(index(choice), index(call)), inner);
              });
          delta
              .get("function_call")
              .filter(c -> c.kind() == JsonToken.START_OBJECT)
              .ifPresent(call -> piece(new Key(index(choice), ONLY), call));
        });
  }

  private void piece(Key key, Node piece) {
    Call call = calls.computeIfAbsent(key, _ -> new Call());
    calling.add(key.choice());
    call.name += piece.string("name");
    call.arguments.append(piece.string("arguments")).append(piece.string("input"));
  }

  private Opened open() {
    var findings = new ArrayList<Finding>();
    Set<Key> denied = new HashSet<>();
    calls.forEach((key, call) -> {
      List<Finding> found = rules.call(call.name, call.arguments.toString(), Direction.OUTPUT);
      findings.addAll(found);
      if (ToolGate.masks(found)) {
        denied.add(key);
      }
    });
    List<Passing> events =
        denied.isEmpty()
            ? List.copyOf(held)
            : held.stream().flatMap(e -> without(e, denied).stream()).toList();
    held.clear();
    calls.clear();
    calling.clear();
    bytes = 0;
    return new Opened(events, findings);
  }

  /** The event without these calls; empty when it said nothing else. */
  private Optional<Passing> without(Passing event, Set<Key> denied) {
    var patches = new ArrayList<Patch>();
    Node root = Node.read(event.data());
    List<Node> choices = root.elements("choices").toList();
    boolean left = choices.isEmpty();
    for (Node choice : choices) {
      Optional<Node> reason = choice.get("finish_reason").filter(r -> !r.isVoid());
      boolean says = choice(choice, denied, patches);
      boolean calls =
          this.calls.keySet().stream()
              .anyMatch(k -> k.choice().equals(index(choice)) && !denied.contains(k));
      reason
          .filter(r -> !calls)
          .filter(r -> r.text().equals("tool_calls") || r.text().equals("function_call"))
          .ifPresent(r -> patches.add(new Patch(r.start(), r.end(), "\"stop\"".getBytes(UTF_8))));
      left |= says || reason.isPresent();
    }
    return left ? Optional.of(event.patched(patches)) : Optional.empty();
  }

  /** Takes denied calls out of a choice; whether something is left in it. */
  private boolean choice(Node choice, Set<Key> denied, List<Patch> patches) {
    Optional<Node> delta = delta(choice);
    if (delta.isEmpty()) {
      return true;
    }
    Set<Node> members = new HashSet<>();
    Set<Node> gone = new HashSet<>();
    List<Node> calls = delta.get().elements("tool_calls").toList();
    for (Node call : calls) {
      if (denied.contains(new Key(index(choice), index(call)))) {
        gone.add(call);
      } else {
        call.get("index").ifPresent(i -> patches.add(renumbered(i, index(choice), denied)));
      }
    }
    Optional<Node> list = delta.get().get("tool_calls");
    if (!gone.isEmpty() && gone.size() == calls.size()) {
      members.add(list.orElseThrow());
    } else {
      list.ifPresent(l -> patches.addAll(l.without(gone)));
    }
    if (denied.contains(new Key(index(choice), ONLY))) {
      delta.get().get("function_call").ifPresent(members::add);
    }
    patches.addAll(delta.get().without(members));
    return members.isEmpty()
        || delta.get().inside().stream()
            .anyMatch(i -> !members.contains(i.value()) && !i.value().isVoid());
  }

  private static Patch renumbered(Node index, String choice, Set<Key> denied) {
    long before =
        denied.stream()
            .filter(k -> k.choice().equals(choice) && !k.index().equals(ONLY))
            .filter(k -> Long.parseLong(k.index()) < Long.parseLong(index.text()))
            .count();
    String number = Long.toString(Long.parseLong(index.text()) - before);
    return new Patch(index.start(), index.end(), number.getBytes(UTF_8));
  }

  private static Optional<Node> delta(Node choice) {
    return choice.get("delta").or(() -> choice.get("message"));
  }

  private static String index(Node node) {
    return node.get("index").map(Node::text).orElse("0");
  }
}
