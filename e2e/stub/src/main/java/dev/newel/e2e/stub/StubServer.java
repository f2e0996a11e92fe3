package dev.newel.e2e.stub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** The server: the model's API, and under {@code /stub} what tests set and ask. */
final class StubServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Script> script = new AtomicReference<>(Script.POLITE);
  private final Received.Journal journal = new Received.Journal();

  private StubServer(HttpServer server) {
    this.server = server;
  }

  /** Starts on this port of all addresses; 0 takes any. */
  static StubServer start(int port) throws IOException {
    var stub = new StubServer(HttpServer.create(new InetSocketAddress(port), 0));
    stub.server.setExecutor(stub.executor);
    stub.server.createContext("/", stub::handle);
    stub.server.start();
    return stub;
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      String path = exchange.getRequestURI().getPath();
      if (!path.startsWith("/stub/") && !path.equals("/healthz")) {
        journal.add(
            Received.of(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
      }
      switch (exchange.getRequestMethod() + " " + path) {
        case "POST /v1/chat/completions" -> chat(exchange, body);
        case "GET /v1/models" -> send(exchange, 200, models());
        case "GET /healthz" -> send(exchange, 200, Map.of("status", "ok"));
        case "POST /stub/script", "PUT /stub/script" -> rewrite(exchange, body);
        case "GET /stub/received" -> send(exchange, 200, journal.list());
        case "DELETE /stub/received" -> {
          journal.clear();
          send(exchange, 200, journal.list());
        }
        default -> refuse(exchange, 404, "the stub knows no " + path);
      }
    }
  }

  private void chat(HttpExchange exchange, String body) throws IOException {
    Script now = script.get();
    ChatAnswer answer;
    try {
      answer = new ChatAnswer(JSON.readTree(body), now);
    } catch (JsonProcessingException e) {
      refuse(exchange, 400, "the body is not JSON: " + e.getOriginalMessage());
      return;
    }
    List<byte[]> units = answer.streamed() ? answer.events() : List.of(answer.whole());
    exchange
        .getResponseHeaders()
        .set("Content-Type", answer.streamed() ? "text/event-stream" : "application/json");
    exchange.sendResponseHeaders(200, answer.streamed() ? 0 : units.getFirst().length);
    try (OutputStream out = exchange.getResponseBody()) {
      for (byte[] piece : Pieces.of(units, now)) {
        out.write(piece);
        out.flush();
        Thread.sleep(now.delayMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void rewrite(HttpExchange exchange, String body) throws IOException {
    try {
      script.set(JSON.readValue(body, Script.class));
      send(exchange, 200, script.get());
    } catch (JsonMappingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      refuse(
          exchange,
          400,
          cause instanceof JsonMappingException m ? m.getOriginalMessage() : cause.getMessage());
    } catch (JsonProcessingException e) {
      refuse(exchange, 400, "the script is not JSON: " + e.getOriginalMessage());
    }
  }

  private static Map<String, Object> models() {
    return Map.of(
        "object", "list", "data", List.of(Map.of("id", "stub", "object", "model", "created", 0)));
  }

  private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
    send(
        exchange,
        status,
        Map.of("error", Map.of("message", message, "type", "invalid_request_error")));
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    byte[] bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
