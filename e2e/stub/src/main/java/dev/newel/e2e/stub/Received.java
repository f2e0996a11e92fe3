package dev.newel.e2e.stub;

import com.sun.net.httpserver.Headers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One request as the model saw it: what a test compares with what the client sent.
 *
 * @param path with its query
 * @param headers names in lower case, several values joined by a comma
 */
record Received(String path, Map<String, String> headers, String body) {
  static Received of(String path, Headers headers, String body) {
    var lower = new TreeMap<String, String>();
    headers.forEach(
        (name, values) -> lower.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    return new Received(path, lower, body);
  }

  /**
   * The latest requests; older ones fall out, so that a long benchmark does not fill the memory.
   */
  static final class Journal {
    private static final int LIMIT = 1000;
    private final Deque<Received> latest = new ArrayDeque<>();

    synchronized void add(Received received) {
      latest.addLast(received);
      if (latest.size() > LIMIT) {
        latest.removeFirst();
      }
    }

    synchronized List<Received> list() {
      return List.copyOf(latest);
    }

    synchronized void clear() {
      latest.clear();
    }
  }
}
