package dev.newel.e2e.stub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Talks to a stub of this JVM, through its own client mode and, to see the writes, by hand. */
record StubClient(int port) {
  static final ObjectMapper JSON = new ObjectMapper();

  record Answer(int exit, String out, String err) {
    JsonNode json() throws IOException {
      return JSON.readTree(out);
    }
  }

  Answer call(String method, String path, String... body) {
    var args = new ArrayList<>(List.of(method, "http://127.0.0.1:" + port + path));
    args.addAll(List.of(body));
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int exit =
        HttpCall.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Answer(exit, out.toString(UTF_8).stripTrailing(), err.toString(UTF_8).strip());
  }

  void script(String answer, int chunk, boolean splitBytes) {
    var body = JSON.createObjectNode().put("answer", answer).put("chunk", chunk);
    Answer set = call("post", "/stub/script", body.put("splitBytes", splitBytes).toString());
    if (set.exit() != 0) {
      throw new AssertionError(set.toString());
    }
  }

  /** The HTTP chunks of a streamed answer: one for each write of the stub. */
  List<byte[]> writes(String request) throws IOException {
    byte[] body = request.getBytes(UTF_8);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/chat/completions HTTP/1.1\r\nHost: stub\r\nConnection: close\r\n"
                      + "Content-Length: "
                      + body.length
                      + "\r\n\r\n")
                  .getBytes(UTF_8));
      socket.getOutputStream().write(body);
      String raw = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      int at = raw.indexOf("\r\n\r\n") + 4;
      var chunks = new ArrayList<byte[]>();
      while (true) {
        int line = raw.indexOf("\r\n", at);
        int length = Integer.parseInt(raw.substring(at, line), 16);
        if (length == 0) {
          return chunks;
        }
        chunks.add(raw.substring(line + 2, line + 2 + length).getBytes(ISO_8859_1));
        at = line + 2 + length + 2;
      }
    }
  }
}
