package dev.newel.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Trail;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleKey;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A filter in this process, in front of a scripted model, with a bundle folder of its own. */
final class RunningSidecar implements AutoCloseable {
  static final String MODEL = "team-a/support-llm";
  static final String CHAT = "/v1/chat/completions";

  final ScriptedModel model = new ScriptedModel();

  /** Receives the traces. */
  final ScriptedModel traces = new ScriptedModel();

  WatchedAudit audit;
  final Path folder;
  private final Limits limits;
  private final Optional<Path> credential;

  private final BundleSigner signer = new BundleSigner(BundleKey.generate());
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Sidecar sidecar;

  RunningSidecar(Path folder) {
    this(folder, Optional.empty());
  }

  RunningSidecar(Path folder, Optional<Path> credential) {
    this(folder, credential, Limits.DEFAULT);
  }

  RunningSidecar(Path folder, Limits limits) {
    this(folder, Optional.empty(), limits);
  }

  private RunningSidecar(Path folder, Optional<Path> credential, Limits limits) {
    this.folder = folder;
    this.limits = limits;
    this.credential = credential;
    restart();
  }

  /** Begins, or begins again after {@link #end}, with the same folders and the same key. */
  final void restart() {
    this.audit =
        new WatchedAudit(
            FileAuditRecorder.open(
                folder.resolve("audit"), new Producer("test", "/test"), Clock.systemUTC()));
    this.sidecar =
        Sidecar.start(
            config(),
            audit,
            new Log(new PrintStream(log, true, UTF_8), Log.Level.DEBUG, Clock.systemUTC()),
            Clock.systemUTC());
  }

  private FilterConfig config() {
    return new FilterConfig(
        MODEL,
        URI.create("http://127.0.0.1:" + model.port()),
        "OpenAI",
        bundleFolder(),
        signer.publicKey(),
        folder.resolve("audit"),
        "{\"name\":\"tiny\"}",
        "pod-1",
        "uid-1",
        0,
        0,
        Log.Level.DEBUG,
        credential,
        Optional.empty(),
        limits,
        Optional.of(URI.create("http://127.0.0.1:" + traces.port() + "/otlp/")));
  }

  private Path bundleFolder() {
    return folder.resolve("bundle");
  }

  /** Signs a policy of these rules, mounts it and lets the filter look. */
  void load(long sequence, Rule... rules) {
    load(sequence, Settings.DEFAULT, rules);
  }

  void load(long sequence, Settings settings, Rule... rules) {
    mount(sign(sequence, settings, rules));
    sidecar.reload();
  }

  byte[] sign(long sequence, Settings settings, Rule... rules) {
    return signer.sign(
        new Bundle(MODEL, sequence, EffectivePolicy.of(Arrays.asList(rules), settings)));
  }

  /** Puts a bundle where the operator would, and leaves it to the filter to see it. */
  void mount(byte[] bundle) {
    try {
      Files.createDirectories(bundleFolder());
      List<byte[]> parts = BundleParts.split(bundle);
      for (int i = 0; i < parts.size(); i++) {
        Files.write(bundleFolder().resolve(BundleParts.key(i)), parts.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void reload() {
    sidecar.reload();
  }

  HttpResponse<String> chat(String body) {
    return send(post(CHAT, body), BodyHandlers.ofString());
  }

  HttpResponse<InputStream> chatStream(String body) {
    return send(post(CHAT, body), BodyHandlers.ofInputStream());
  }

  HttpRequest.Builder post(String path, String body) {
    return request(path)
        .header("content-type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + proxyPort() + path));
  }

  HttpResponse<String> admin(String path) {
    URI uri = URI.create("http://127.0.0.1:" + sidecar.adminPort() + path);
    return send(HttpRequest.newBuilder(uri), BodyHandlers.ofString());
  }

  <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
    try {
      return client.send(request.build(), body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int proxyPort() {
    return sidecar.proxyPort();
  }

  int adminPort() {
    return sidecar.adminPort();
  }

  /** Everything that was logged. */
  String log() {
    return log.toString(UTF_8);
  }

  /** Everything that is in the trail. */
  List<Trail.Entry> trail() {
    return Trail.read(folder.resolve("audit"));
  }

  /** Ends the filter alone, as a signal would. */
  void end() {
    sidecar.close();
  }

  @Override
  public void close() {
    sidecar.close();
    client.close();
    model.close();
    traces.close();
  }
}
