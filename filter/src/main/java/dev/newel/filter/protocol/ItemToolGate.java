package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.TreeSet;

/**
 * APIs that tell a call in events of its own, between a first and a last one that name its index:
 * items of responses, blocks of messages.
 */
final class ItemToolGate implements ToolGate {
  /**
   * How such events look.
   *
   * @param index the member that says which item an event belongs to
   * @param first the type of an item's first event
   * @param last the type of its last
   * @param item the member that holds the item
   * @param call how the types of items end that are calls
   */
  record Form(String index, String first, String last, String item, String call) {}

  static final Form RESPONSES =
      new Form(
          "output_index",
          "response.output_item.added",
          "response.output_item.done",
          "item",
          "_call");

  static final Form MESSAGES =
      new Form("index", "content_block_start", "content_block_stop", "content_block", "tool_use");

  /** A call of which not everything is known. */
  private static final class Call {
    private final List<Passing> events = new ArrayList<>();
    private final StringBuilder arguments = new StringBuilder();
    private String name = "";
    private String id = "";
    private String whole = "";

    /** What ends the call repeats its arguments, or they were told piece by piece. */
    String arguments() {
      return whole.isBlank() || whole.equals("{}") ? arguments.toString() : whole;
    }
  }

  private final ToolRules rules;
  private final Form form;
  private final Map<Long, Call> held = new LinkedHashMap<>();

  /** Indices of what was taken out, and ids of the calls among it. */
  private final Set<Long> gone = new TreeSet<>();

  private final Set<String> ids = new HashSet<>();
  private boolean called;
  private long bytes;

  ItemToolGate(ToolRules rules, Form form) {
    this.rules = rules;
    this.form = form;
  }

  @Override
  public Opened add(Passing event) {
    Node root = Node.read(event.data());
    Optional<Long> index =
        root.get(form.index()).filter(i -> i.kind().isNumeric()).map(i -> Long.valueOf(i.text()));
    if (index.isEmpty()) {
      return around(event, root);
    }
    String type = root.string("type");
    Optional<Node> item = root.get(form.item());
    boolean result =
        type.equals(form.first())
            && item.filter(i -> ids.contains(i.string("tool_use_id"))).isPresent();
    if (result) {
      gone.add(index.get());
    }
    if (gone.contains(index.get())) {
      return Opened.NOTHING;
    }
    boolean call =
        item.filter(i -> i.string("type").endsWith(form.call())).isPresent()
            || type.startsWith("response.function_call")
            || type.startsWith("response.custom_tool_call")
            || type.startsWith("response.mcp_call");
    if (!call && !held.containsKey(index.get())) {
      return Opened.of(renumbered(event, root));
    }
    hold(event, root, index.get());
    return type.equals(form.last()) ? open(index.get()) : Opened.NOTHING;
  }

  private void hold(Passing event, Node root, long index) {
    bytes += event.size();
    ToolGate.checkHeld(bytes);
    Call call = held.computeIfAbsent(index, _ -> new Call());
    call.events.add(event);
    root.get(form.item())
        .ifPresent(item -> {
          String type = item.string("type");
          String name = item.string("name");
          call.name =
              name.isEmpty() && type.endsWith("_call")
                  ? type.substring(0, type.length() - "_call".length())
                  : name;
          call.id = item.string("id");
          call.whole =
              item.get("arguments")
                  .or(() -> item.get("input"))
                  .or(() -> item.get("action"))
                  .map(a -> a.text().isEmpty() ? a.written(event.data()) : a.text())
                  .filter(a -> !a.equals("\"\""))
                  .orElse("");
        });
    root.at("delta", "partial_json").ifPresent(piece -> call.arguments.append(piece.text()));
  }

  private Opened open(long index) {
    Call call = held.remove(index);
    call.events.forEach(e -> bytes -= e.size());
    List<Finding> found = rules.call(call.name, call.arguments(), Direction.OUTPUT);
    if (ToolGate.masks(found)) {
      gone.add(index);
      ids.add(call.id);
      return new Opened(List.of(), found);
    }
    called = true;
    return new Opened(
        call.events.stream().map(e -> renumbered(e, Node.read(e.data()))).toList(), found);
  }

  /**
   * Events around the items: a response repeats all of them, the end of a message says that it
   * called a tool.
   */
  private Opened around(Passing event, Node root) {
    var patches = new ArrayList<Patch>();
    List<Finding> stopping = new ArrayList<>();
    for (String whole : List.of("response", "message")) {
      Optional<Node> node = root.get(whole);
      if (node.isPresent()) {
        Api api = whole.equals("response") ? Api.RESPONSES : Api.MESSAGES;
        byte[] inner = node.get().written(event.data()).getBytes(UTF_8);
        ToolUses.Judged judged = ToolUses.judge(inner, api, rules, Direction.OUTPUT);
        judged
            .patches()
            .forEach(p ->
                patches.add(
                    new Patch(
                        p.start() + node.get().start(), p.end() + node.get().start(), p.bytes())));
        // What is masked was counted when it came; only what stops counts here.
        judged.findings().stream()
            .filter(f -> f.action() == dev.newel.policy.Action.BLOCK)
            .forEach(stopping::add);
      }
    }
    root.at("delta", "stop_reason")
        .filter(r -> !gone.isEmpty() && !called && r.text().equals("tool_use"))
        .ifPresent(r -> patches.add(new Patch(r.start(), r.end(), "\"end_turn\"".getBytes(UTF_8))));
    return new Opened(List.of(event.patched(patches)), stopping);
  }

  private Passing renumbered(Passing event, Node root) {
    if (gone.isEmpty()) {
      return event;
    }
    Node index = root.get(form.index()).orElseThrow();
    long number = Long.parseLong(index.text());
    long before = gone.stream().filter(g -> g < number).count();
    return event.patched(
        List.of(
            new Patch(index.start(), index.end(), Long.toString(number - before).getBytes(UTF_8))));
  }

  @Override
  public Opened end() {
    held.clear();
    return Opened.NOTHING;
  }
}
