package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.protocol.ApiStreamPropertyTest.Client;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What client libraries make of a stream: pieces are joined as the official ones do it. They are
 * strict where a library could be. They share no code with what is tested.
 */
final class Clients {
  private Clients() {}

  private record Event(String name, String data) {}

  private static List<Event> events(byte[] stream) {
    var events = new ArrayList<Event>();
    String name = "";
    for (String line : new String(stream, UTF_8).split("\r\n|\n|\r", -1)) {
      if (line.startsWith("event: ")) {
        name = line.substring(7);
      } else if (line.startsWith("data: ")) {
        events.add(new Event(name, line.substring(6)));
        name = "";
      } else if (!line.isEmpty() && !line.equals(": comment")) {
        throw new AssertionError("line " + line);
      }
    }
    return events;
  }

  /** Arguments that are whole are read as JSON; of a stopped answer they are a beginning. */
  private static Client client(
      Map<String, String> texts, String error, boolean stopped, boolean ended) {
    if (!stopped) {
      texts.replaceAll((key, text) -> key.contains("arguments") ? Told.reading(text) : text);
    }
    return new Client(texts, error, stopped, ended);
  }

  static Client choices(byte[] stream) {
    var texts = new TreeMap<String, String>();
    var ends = new TreeMap<String, String>();
    String error = "";
    boolean done = false;
    for (Event event : events(stream)) {
      if (done) {
        throw new AssertionError("behind the end: " + event);
      }
      if (event.data().equals("[DONE]")) {
        done = true;
        continue;
      }
      Object tree = Tree.read(event.data());
      if (Tree.has(tree, "error")) {
        error = event.data();
        continue;
      }
      for (Object choice : (List<?>) Tree.at(tree, "choices")) {
        String index = Tree.at(choice, "index").toString();
        if (ends.containsKey(index)) {
          throw new AssertionError("choice goes on behind its end: " + event);
        }
        if (Tree.has(choice, "text")) {
          texts.merge(index + "/text", Tree.at(choice, "text").toString(), String::concat);
        }
        if (Tree.has(choice, "logprobs") && !Tree.at(choice, "logprobs").equals("null")) {
          throw new AssertionError("logprobs " + event);
        }
        if (Tree.has(choice, "delta")) {
          delta(index, Tree.at(choice, "delta"), texts);
        }
        String reason = Tree.at(choice, "finish_reason").toString();
        if (!reason.equals("null")) {
          ends.put(index, reason);
        }
      }
    }
    boolean stopped = ends.containsValue("content_filter");
    texts.values().removeIf(String::isEmpty);
    return client(texts, error, stopped, done && !stopped);
  }

  private static void delta(String index, Object delta, Map<String, String> texts) {
    ((Map<?, ?>) delta)
        .forEach((name, value) -> {
          if (name.equals("tool_calls")) {
            for (Object call : (List<?>) value) {
              texts.merge(
                  index + "/arguments/" + Tree.at(call, "index"),
                  Tree.at(call, "function", "arguments").toString(),
                  String::concat);
            }
          } else if (!name.equals("role")) {
            texts.merge(index + "/" + name, value.toString(), String::concat);
          }
        });
  }

  static Client responses(byte[] stream) {
    var texts = new TreeMap<String, String>();
    Set<String> done = new HashSet<>();
    String error = "";
    boolean stopped = false;
    boolean ended = false;
    int number = 0;
    for (Event event : events(stream)) {
      Object tree = Tree.read(event.data());
      String type = Tree.at(tree, "type").toString();
      if (!type.equals(event.name())) {
        throw new AssertionError("name " + event.name() + " of " + type);
      }
      if (!Tree.at(tree, "sequence_number").equals("" + number++) || ended) {
        throw new AssertionError("expected number " + (number - 1) + " in " + event);
      }
      switch (type) {
        case "error" -> error = event.data();
        case "response.incomplete" ->
            stopped =
                Tree.at(tree, "response", "incomplete_details", "reason").equals("content_filter");
        case "response.completed" -> {
          ended = true;
          List<?> output = (List<?>) Tree.at(tree, "response", "output");
          for (int i = 0; i < output.size(); i++) {
            repeated(i, output.get(i), texts);
          }
        }
        case "response.created" -> {}
        case "response.output_item.done" ->
            repeated(
                Integer.parseInt(Tree.at(tree, "output_index").toString()),
                Tree.at(tree, "item"),
                texts);
        default -> {
          boolean call = type.startsWith("response.function_call_arguments");
          String key = Tree.at(tree, "output_index") + (call ? "/arguments" : "/text");
          if (type.endsWith(".delta")) {
            if (done.contains(key)) {
              throw new AssertionError("goes on behind its end: " + event);
            }
            texts.merge(key, Tree.at(tree, "delta").toString(), String::concat);
          } else {
            done.add(key);
            same(key, Tree.at(tree, call ? "arguments" : "text").toString(), texts);
          }
        }
      }
    }
    return client(texts, error, stopped, ended);
  }

  private static void repeated(int index, Object item, Map<String, String> texts) {
    switch (Tree.at(item, "type").toString()) {
      case "function_call" ->
          same(index + "/arguments", Tree.at(item, "arguments").toString(), texts);
      case "reasoning" ->
          same(index + "/text", Tree.at(item, "summary", 0, "text").toString(), texts);
      default -> same(index + "/text", Tree.at(item, "content", 0, "text").toString(), texts);
    }
  }

  private static void same(String key, String repeated, Map<String, String> texts) {
    if (!repeated.equals(texts.getOrDefault(key, ""))) {
      throw new AssertionError(key + " was " + texts.get(key) + " and is " + repeated);
    }
  }

  static Client messages(byte[] stream) {
    var texts = new TreeMap<String, String>();
    Map<String, String> open = new HashMap<>();
    String error = "";
    boolean stopped = false;
    boolean ended = false;
    for (Event event : events(stream)) {
      Object tree = Tree.read(event.data());
      String type = Tree.at(tree, "type").toString();
      if (!type.equals(event.name()) || ended) {
        throw new AssertionError("name " + event.name() + " of " + type);
      }
      switch (type) {
        case "content_block_start" -> {
          String index = Tree.at(tree, "index").toString();
          String kind = Tree.at(tree, "content_block", "type").toString();
          open.put(index, kind);
          if (!kind.equals("tool_use")) {
            texts.put(index + "/" + kind, Tree.at(tree, "content_block", kind).toString());
          } else {
            texts.put(index + "/arguments", "");
          }
        }
        case "content_block_delta" -> {
          String index = Tree.at(tree, "index").toString();
          String kind = open.get(index);
          boolean call = kind.equals("tool_use");
          texts.merge(
              index + "/" + (call ? "arguments" : kind),
              Tree.at(tree, "delta", call ? "partial_json" : kind).toString(),
              String::concat);
        }
        case "content_block_stop" -> {
          if (open.remove(Tree.at(tree, "index").toString()) == null) {
            throw new AssertionError("stops what is not open: " + event);
          }
        }
        case "message_delta" -> {
          if (!open.isEmpty()) {
            throw new AssertionError("open " + open);
          }
          stopped = Tree.at(tree, "delta", "stop_reason").equals("refusal");
        }
        case "message_stop" -> ended = true;
        case "error" -> error = event.data();
        default -> {}
      }
    }
    return client(texts, error, stopped, ended);
  }
}
