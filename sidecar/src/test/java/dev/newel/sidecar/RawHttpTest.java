package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that two servers could read in two ways. The policy lets pass what cannot be looked at:
 * none of these may use that to reach the model's chat uninspected.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RawHttpTest {
  private static final String HIDDEN =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"project-aurora\"}]}";
  private static final String PLAIN = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  /** What a server would read next that takes the first request to end early. */
  private static final String SMUGGLED =
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: "
          + HIDDEN.length()
          + "\r\n\r\n"
          + HIDDEN;

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
    filter.load(1, OPEN, AURORA);
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  private static String post(String head, String body) {
    return "POST /v1/chat/completions HTTP/1.1\r\n" + head + "\r\n" + body;
  }

  private static String chunked(String body) {
    return Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
  }

  private int status(String request) throws IOException {
    try (var client = new RawClient(filter.proxyPort())) {
      int status = client.send(request).status();
      return status == 100 ? client.status() : status;
    }
  }

  /** Whatever else is still on its way has passed the filter once this was answered. */
  private void nothingHiddenReachedTheModel() {
    assertThat(filter.chat(PLAIN).statusCode()).isEqualTo(200);
    assertThat(filter.model.asked())
        .allSatisfy(a -> assertThat(a.body()).doesNotContain("aurora"))
        .allSatisfy(a -> assertThat(a.uri()).startsWith("/v1/"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 4\r\ntransfer-encoding: chunked\r\n",
        "transfer-encoding: chunked\r\ncontent-length: 4\r\n",
        "content-length: 4\r\ncontent-length: 5\r\n",
        "content-length: 4, 5\r\n",
        "content-length: +4\r\n",
        "content-length: -4\r\n",
        "content-length: 0x4\r\n",
        "content-length: 4 4\r\n",
        "content-length: 99999999999999999999\r\n",
        "transfer-encoding: identity\r\n",
        "transfer-encoding: xchunked\r\n",
        "transfer-encoding: chunked, identity\r\n",
        "transfer-encoding: gzip, chunked\r\n",
        "transfer-encoding: chunked\r\ntransfer-encoding: identity\r\n",
        "content-length : 4\r\n",
        "content-length: 4\r\nhost: y\r\n",
        "content-length: 4\r\ncontent-type: application/json\r\ncontent-type: text/plain\r\n",
        "content-length: 4\r\nx-a: \0\r\n",
        "content-length: 4\r\nx a: 1\r\n",
        "content-length: 4\r\n: 1\r\n",
      })
  void framingThatCanBeReadInTwoWaysNeverHidesARequest(String head) throws IOException {
    // When
    int status = status(post("host: x\r\n" + head, "{}  " + SMUGGLED));
    // Then
    assertThat(status).isEqualTo(400);
    nothingHiddenReachedTheModel();
    assertThat(filter.model.asked()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x2", "-2", "+2", "2 2", "g", "", "fffffffffffffffff2"})
  void aChunkWhoseSizeIsNoneIsRefused(String size) throws IOException {
    // When
    String body = size + "\r\n{}\r\n0\r\n\r\n" + SMUGGLED;
    int status = status(post("host: x\r\ntransfer-encoding: chunked\r\n", body));
    // Then
    assertThat(status).isIn(0, 400);
    nothingHiddenReachedTheModel();
    assertThat(filter.model.asked()).hasSize(1);
  }

  @Test
  void aFoldedHeaderNeverReachesTheModelFolded() throws IOException {
    // When
    int status =
        status(
            post(
                "host: x\r\nx-a: 1\r\n transfer-encoding: chunked\r\ncontent-length: "
                    + PLAIN.length()
                    + "\r\n",
                PLAIN));
    // Then
    assertThat(status).isIn(200, 400);
    assertThat(filter.model.asked())
        .allSatisfy(a -> assertThat(a.headers().get("transfer-encoding")).isNull())
        .allSatisfy(a -> assertThat(a.body()).isEqualTo(PLAIN));
  }

  @Test
  void aChunkedBodyIsFramedAnewAndItsTrailersStayBehind() throws IOException {
    // When
    String body =
        "5;x=y\r\n"
            + PLAIN.substring(0, 5)
            + "\r\n"
            + Integer.toHexString(PLAIN.length() - 5)
            + "\r\n"
            + PLAIN.substring(5)
            + "\r\n0\r\nx-late: 1\r\ncontent-length: 3\r\n\r\n";
    int status = status(post("host: x\r\ntransfer-encoding: chunked\r\n", body));
    // Then
    assertThat(status).isEqualTo(200);
    var asked = filter.model.onlyQuestion();
    assertThat(asked.body()).isEqualTo(PLAIN);
    assertThat(asked.headers().get("content-length")).isEqualTo("" + PLAIN.length());
    assertThat(asked.headers().get("transfer-encoding")).isNull();
    assertThat(asked.headers().get("x-late")).isNull();
  }

  @Test
  void chunkingIsAThingOfHttp11() throws IOException {
    String request =
        "POST /v1/chat/completions HTTP/1.0\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n";
    assertThat(status(request + chunked(HIDDEN))).isEqualTo(400);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws IOException {
    assertThat(status("GET /v1/models HTTP/1.1\r\n\r\n")).isEqualTo(400);
    assertThat(status("GET /v1/models HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n")).isEqualTo(400);
    assertThat(filter.model.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1/chat/completions",
        "/v1//chat/completions",
        "/v1/chat//completions",
        "/v1/./chat/completions",
        "/v1/models/../chat/completions",
        "/v1/%2e/chat/completions",
        "/v1/models/%2e%2e/chat/completions",
        "/v1/models/%2E%2E/chat/completions",
        "/v1/models/..%2fchat/completions",
        "/v1%2fchat%2fcompletions",
        "/v1/chat%2Fcompletions",
        "/v1/%63hat/completions",
        "/v1/chat/completion%73",
        "/v1/chat/completions%00",
        "/v1/chat/completions%3f",
        "/v1/chat/completions%",
        "/v1/chat/completions%2",
        "/v1/chat/completions%zz",
        "/v1/chat%252fcompletions",
        "/v1/chat/completions;a=b",
        "/v1;x/chat/completions",
        "/v1\\chat\\completions",
        "/v1/chat/completions/",
        "/v1/chat/completions//",
        "/V1/chat/completions",
        "/v1/Chat/Completions",
        "/v1/chat/completions#x",
        "/v1/chat/completions\u00e9",
        "v1/chat/completions",
        "ftp://x/v1/chat/completions",
        "http://x@y/v1/chat/completions",
        "*",
      })
  void aTargetThatOnlyLooksLikeAnotherNeverReachesTheModel(String target) throws IOException {
    // When
    int status =
        status(
            "POST "
                + target
                + " HTTP/1.1\r\nhost: x\r\ncontent-length: "
                + HIDDEN.length()
                + "\r\n\r\n"
                + HIDDEN);
    // Then
    assertThat(status).isEqualTo(400);
    assertThat(filter.model.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions",
        "/v1/chat/completions?",
        "/v1/chat/completions?api-version=1&x=/../%2e%2e//",
        "http://elsewhere.example/v1/chat/completions",
        "HTTP://elsewhere.example:99/v1/chat/completions?x=1",
      })
  void aTargetOfTheChatIsInspectedHoweverItIsWritten(String target) throws IOException {
    // When
    String request = "POST " + target + " HTTP/1.1\r\nhost: elsewhere.example\r\n";
    int hidden = status(request + "content-length: " + HIDDEN.length() + "\r\n\r\n" + HIDDEN);
    int plain = status(request + "content-length: " + PLAIN.length() + "\r\n\r\n" + PLAIN);
    // Then
    assertThat(hidden).isEqualTo(403);
    assertThat(plain).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().uri()).startsWith("/v1/chat/completions");
    assertThat(filter.model.onlyQuestion().headers().getAll("host"))
        .containsExactly("127.0.0.1:" + filter.model.port());
  }

  @ParameterizedTest
  @ValueSource(strings = {"CONNECT x:80", "TRACE /v1/chat/completions", "CONNECT /v1/models"})
  void methodsThatAreNotForProxiesAreRefused(String line) throws IOException {
    assertThat(status(line + " HTTP/1.1\r\nhost: x\r\n\r\n")).isEqualTo(400);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void anUpgradeToAWebSocketIsNotPassedOn() throws IOException {
    // When
    int status =
        status(
            """
            GET /v1/realtime HTTP/1.1
            host: x
            connection: upgrade
            upgrade: websocket
            sec-websocket-version: 13
            sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==

            """
                .replace("\n", "\r\n"));
    // Then it is a plain request, which this policy lets pass
    assertThat(status).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().headers().get("upgrade")).isNull();
  }

  @Test
  void headersOfOneConnectionEndThere() throws IOException {
    // When
    int status =
        status(
            post(
                "host: x\r\nconnection: keep-alive, X-Internal\r\nkeep-alive: 5\r\nx-internal: 1\r\n"
                    + "proxy-connection: x\r\nproxy-authorization: x\r\nte: trailers\r\ntrailer: x\r\n"
                    + "expect: 100-continue\r\nx-kept: 1\r\ncontent-length: "
                    + PLAIN.length()
                    + "\r\n",
                PLAIN));
    // Then
    assertThat(status).isEqualTo(200);
    var headers = filter.model.onlyQuestion().headers();
    assertThat(headers.get("x-kept")).isEqualTo("1");
    for (String name :
        new String[] {
          "x-internal",
          "keep-alive",
          "proxy-connection",
          "proxy-authorization",
          "te",
          "trailer",
          "expect"
        }) {
      assertThat(headers.get(name)).as(name).isNull();
    }
  }

  @Test
  void whatTheModelReadsIsWhatWasLookedAt() throws IOException {
    // When a client says that its JSON is a form, and in a coding that says nothing
    int form =
        status(
            post(
                "host: x\r\ncontent-type: application/x-www-form-urlencoded\r\n"
                    + "content-encoding: identity\r\ncontent-length: "
                    + PLAIN.length()
                    + "\r\n",
                PLAIN));
    // Then
    assertThat(form).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().headers().getAll("content-type"))
        .containsExactly("application/json");
    assertThat(filter.model.onlyQuestion().headers().get("content-encoding")).isNull();
  }

  @Test
  void pipelinedRequestsAreEachDecided() throws IOException {
    // When
    String plain = post("host: x\r\ncontent-length: " + PLAIN.length() + "\r\n", PLAIN);
    String last = plain.replace("host: x", "host: x\r\nconnection: close");
    try (var client = new RawClient(filter.proxyPort())) {
      String answers = client.send(plain + SMUGGLED + last).rest();
      // Then
      assertThat(answers.split("HTTP/1.1 ", -1))
          .hasSize(4)
          .satisfies(a -> assertThat(a[1]).startsWith("200"))
          .satisfies(a -> assertThat(a[2]).startsWith("403"))
          .satisfies(a -> assertThat(a[3]).startsWith("200"));
    }
    assertThat(filter.model.asked()).hasSize(2);
  }
}
