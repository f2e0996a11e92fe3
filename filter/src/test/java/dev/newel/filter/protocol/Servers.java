package dev.newel.filter.protocol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Streams as servers of each API write them. */
final class Servers {
  private Servers() {}

  /** Pieces of a text, each already the event that carries it: as a name and as data. */
  private record Event(String name, String data) {}

  /** Mixes what happens side by side, each in its order. */
  private static void mixed(Told told, Random random, List<Deque<Event>> queues) {
    List<Deque<Event>> left = new ArrayList<>(queues);
    left.removeIf(Deque::isEmpty);
    while (!left.isEmpty()) {
      Deque<Event> queue = left.get(random.nextInt(left.size()));
      Event event = queue.removeFirst();
      told.event(event.name(), event.data());
      left.removeIf(Deque::isEmpty);
    }
  }

  static void chat(Told told, Random random) {
    int choices = 1 + random.nextInt(3);
    for (int c = 0; c < choices; c++) {
      told.event("", choice(c, "\"role\":\"assistant\",\"content\":\"\"", "null"));
    }
    List<Deque<Event>> queues = new ArrayList<>();
    for (int c = 0; c < choices; c++) {
      for (String field : List.of("content", "reasoning_content", "refusal")) {
        if (random.nextBoolean()) {
          Deque<Event> queue = new ArrayDeque<>();
          for (String piece : told.cut(told.text(c + "/" + field))) {
            queue.add(new Event("", choice(c, "\"" + field + "\":" + told.literal(piece), "null")));
          }
          queues.add(queue);
        }
      }
      for (int call = random.nextInt(3); call > 0; call--) {
        Deque<Event> queue = new ArrayDeque<>();
        queue.add(
            new Event(
                "",
                choice(
                    c,
                    call(
                        call,
                        "\"id\":\"call\",\"type\":\"function\",\"function\":{\"name\":\"mail\",\"arguments\":\"\"}"),
                    "null")));
        for (String piece : told.cut(told.arguments(c + "/arguments/" + call))) {
          queue.add(
              new Event(
                  "",
                  choice(
                      c,
                      call(call, "\"function\":{\"arguments\":" + told.literal(piece) + "}"),
                      "null")));
        }
        queues.add(queue);
      }
    }
    mixed(told, random, queues);
    for (int c = 0; c < choices; c++) {
      told.event("", choice(c, "", "\"stop\""));
    }
    told.event("", "{\"choices\":[],\"usage\":{\"total_tokens\":3}}");
    told.event("", "[DONE]");
  }

  private static String call(int index, String members) {
    return "\"tool_calls\":[{\"index\":" + index + "," + members + "}]";
  }

  private static String choice(int index, String delta, String reason) {
    return "{\"id\":\"c\",\"choices\":[{\"index\":"
        + index
        + ",\"delta\":{"
        + delta
        + "},\"finish_reason\":"
        + reason
        + "}]}";
  }

  static void completions(Told told, Random random) {
    List<Deque<Event>> queues = new ArrayList<>();
    int choices = 1 + random.nextInt(3);
    for (int c = 0; c < choices; c++) {
      Deque<Event> queue = new ArrayDeque<>();
      List<String> pieces = told.cut(told.text(c + "/text"));
      for (int i = 0; i < pieces.size(); i++) {
        queue.add(
            new Event(
                "",
                "{\"id\":\"c\",\"object\":\"text_completion\",\"choices\":[{\"index\":"
                    + c
                    + ",\"text\":"
                    + told.literal(pieces.get(i))
                    + ",\"logprobs\":{\"tokens\":["
                    + told.literal(pieces.get(i))
                    + "]},\"finish_reason\":"
                    + (i + 1 < pieces.size() ? "null" : "\"length\"")
                    + "}]}"));
      }
      queues.add(queue);
    }
    mixed(told, random, queues);
    told.event("", "{\"choices\":[],\"usage\":{\"total_tokens\":3}}");
    told.event("", "[DONE]");
  }

  /** Items side by side; each is repeated by events of its own, and all by the last event. */
  static void responses(Told told, Random random) {
    int[] number = {0};
    told.event(
        "response.created",
        "{\"type\":\"response.created\",\"sequence_number\":@,\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"in_progress\",\"output\":[]}}"
            .replace("@", "" + number[0]++));
    List<Deque<Event>> queues = new ArrayList<>();
    var output = new StringBuilder();
    int items = 1 + random.nextInt(3);
    for (int i = 0; i < items; i++) {
      boolean call = random.nextInt(3) == 0;
      boolean thinks = !call && random.nextInt(3) == 0;
      String key = call ? i + "/arguments" : i + "/text";
      String text = call ? told.arguments(key) : told.text(key);
      String stem =
          call
              ? "response.function_call_arguments"
              : thinks ? "response.reasoning_summary_text" : "response.output_text";
      String at =
          ",\"item_id\":\"i"
              + i
              + "\",\"output_index\":"
              + i
              + (call ? "" : thinks ? ",\"summary_index\":0" : ",\"content_index\":0");
      String whole = told.literal(text);
      String item =
          call
              ? "{\"type\":\"function_call\",\"id\":\"i\",\"call_id\":\"c\",\"name\":\"mail\",\"arguments\":"
                  + whole
                  + "}"
              : thinks
                  ? "{\"type\":\"reasoning\",\"id\":\"i\",\"summary\":[{\"type\":\"summary_text\",\"text\":"
                      + whole
                      + "}]}"
                  : "{\"type\":\"message\",\"role\":\"assistant\",\"id\":\"i\",\"content\":[{\"type\":\"output_text\",\"annotations\":[],\"text\":"
                      + whole
                      + "}]}";
      Deque<Event> queue = new ArrayDeque<>();
      for (String piece : told.cut(text)) {
        queue.add(event(stem + ".delta", at + ",\"delta\":" + told.literal(piece)));
      }
      queue.add(event(stem + ".done", at + (call ? ",\"arguments\":" : ",\"text\":") + whole));
      queue.add(event("response.output_item.done", ",\"output_index\":" + i + ",\"item\":" + item));
      queues.add(queue);
      output.append(i == 0 ? "" : ",").append(item);
    }
    numbered(told, random, queues, number);
    told.event(
        "response.completed",
        "{\"type\":\"response.completed\",\"sequence_number\":"
            + number[0]
            + ",\"response\":{\"id\":\"r\",\"object\":\"response\",\"status\":\"completed\",\"output\":["
            + output
            + "]}}");
  }

  private static Event event(String type, String members) {
    return new Event(type, "{\"type\":\"" + type + "\",\"sequence_number\":@" + members + "}");
  }

  private static void numbered(Told told, Random random, List<Deque<Event>> queues, int[] number) {
    List<Deque<Event>> left = new ArrayList<>(queues);
    while (!left.isEmpty()) {
      Deque<Event> queue = left.get(random.nextInt(left.size()));
      Event event = queue.removeFirst();
      told.event(event.name(), event.data().replaceFirst("number\":@", "number\":" + number[0]++));
      left.removeIf(Deque::isEmpty);
    }
  }

  /** Blocks one after the other, the first piece sometimes in the block's start. */
  static void messages(Told told, Random random) {
    told.event(
        "message_start",
        "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"content\":[],\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}");
    told.event("ping", "{\"type\": \"ping\"}");
    int blocks = 1 + random.nextInt(3);
    for (int b = 0; b < blocks; b++) {
      int kind = random.nextInt(3);
      String field = List.of("text", "thinking", "partial_json").get(kind);
      List<String> pieces =
          told.cut(kind == 2 ? told.arguments(b + "/arguments") : told.text(b + "/" + field));
      boolean first = kind < 2 && random.nextInt(3) == 0;
      String start =
          kind == 2
              ? "{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"mail\",\"input\":{}}"
              : "{\"type\":\""
                  + field
                  + "\",\""
                  + field
                  + "\":"
                  + told.literal(first ? pieces.getFirst() : "")
                  + "}";
      told.event(
          "content_block_start",
          "{\"type\":\"content_block_start\",\"index\":" + b + ",\"content_block\":" + start + "}");
      for (String piece : first ? pieces.subList(1, pieces.size()) : pieces) {
        told.event(
            "content_block_delta",
            "{\"type\":\"content_block_delta\",\"index\":"
                + b
                + ",\"delta\":{\"type\":\""
                + List.of("text_delta", "thinking_delta", "input_json_delta").get(kind)
                + "\",\""
                + field
                + "\":"
                + told.literal(piece)
                + "}}");
      }
      told.event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":" + b + "}");
    }
    told.event(
        "message_delta",
        "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":9}}");
    told.event("message_stop", "{\"type\":\"message_stop\"}");
  }
}
