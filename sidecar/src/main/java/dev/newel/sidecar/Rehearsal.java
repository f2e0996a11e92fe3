package dev.newel.sidecar;

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
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleKey;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleSigner;
import dev.newel.policy.wire.FilterContract;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Runs through what a filter does in its first seconds, in a folder of its own, so that the JVM can
 * write down what it needed ({@code -XX:AOTCacheOutput}): with that a filter starts in a third of
 * the time. Run when the image is built.
 */
final class Rehearsal {
  private static final String MODEL = "rehearsal/model";
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"to bob@example.org\"}}]}";
  private static final List<String> QUESTIONS =
      List.of(
          "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}",
          "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"to bob@example.org\"}]}",
          "nonsense");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("newel-rehearsal");
    Vertx vertx = Vertx.vertx();
    HttpServer model =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    r -> r.response().putHeader("content-type", "application/json").end(ANSWER))
                .listen(0));
    var signer = new BundleSigner(BundleKey.generate());
    byte[] bundle =
        signer.sign(new Bundle(MODEL, 1, EffectivePolicy.of(List.of(rule()), Settings.DEFAULT)));
    List<byte[]> parts = BundleParts.split(bundle);
    for (int i = 0; i < parts.size(); i++) {
      Files.write(folder.resolve(BundleParts.key(i)), parts.get(i));
    }
    var config =
        FilterConfig.of(
            Map.of(
                FilterContract.ENV_MODEL,
                MODEL,
                FilterContract.ENV_UPSTREAM,
                "http://127.0.0.1:" + model.actualPort(),
                FilterContract.ENV_BUNDLE_DIR,
                folder.toString(),
                FilterContract.ENV_BUNDLE_KEY,
                signer.publicKey(),
                FilterContract.ENV_AUDIT_DIR,
                folder.resolve("audit").toString(),
                FilterContract.ENV_PROXY_PORT,
                "0",
                FilterContract.ENV_ADMIN_PORT,
                "0"));
    var log = new Log(System.out, Log.Level.INFO, Clock.systemUTC());
    HttpClient client = vertx.createHttpClient();
    try (Sidecar filter = Sidecar.start(config, log, Clock.systemUTC())) {
      for (String question : QUESTIONS) {
        ask(client, filter.proxyPort(), HttpMethod.POST, "/v1/chat/completions", question);
        ask(client, filter.proxyPort(), HttpMethod.POST, "/v1/messages", question);
      }
      for (String page : List.of("/readyz", "/bundle", "/metrics")) {
        ask(client, filter.adminPort(), HttpMethod.GET, page, "");
      }
      ask(client, filter.adminPort(), HttpMethod.POST, "/v1/guardrails/check", "{\"text\":\"hi\"}");
    }
    await(vertx.close());
  }

  private static void ask(
      HttpClient client, int port, HttpMethod method, String path, String body) {
    await(
        client
            .request(method, port, "127.0.0.1", path)
            .compose(r -> r.send(Buffer.buffer(body)))
            .compose(answer -> answer.body()));
  }

  private static Rule rule() {
    return new Rule(
        new RuleId(PolicyKind.CLUSTER, "rehearsal", "contact"),
        Severity.HIGH,
        new Check.Sensitive(new TreeSet<>(List.of(Entity.EMAIL))),
        Optional.of(Action.MASK),
        Optional.of(Action.MASK),
        Mode.ENFORCE,
        MaskStyle.LABEL,
        BlockedMessages.DEFAULT,
        false);
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
