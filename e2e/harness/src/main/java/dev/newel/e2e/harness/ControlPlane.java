package dev.newel.e2e.harness;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.utils.HttpClientUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real control plane as processes of this machine: etcd, kube-apiserver and, where asked for,
 * kube-controller-manager. Everything lives in one temporary folder and ends with the JVM.
 */
public final class ControlPlane implements AutoCloseable {
  public static final String NEWEST = "1.36.2";
  public static final String OLDEST = "1.30.14";

  /** Shared by all clients: each factory has threads and sockets that it never gives back. */
  private static final HttpClient.Factory HTTP = HttpClientUtils.getHttpClientFactory();

  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final String TOKEN = "admin-token";
  private static final String OPERATOR_TOKEN = "operator-token";

  private static final String KCM_TOKEN = "kcm-token";

  /** Of user mallory, who has no rights but those that a test gives. */
  public static final String PERSON_TOKEN = "mallory-token";

  /** Where the operator runs as far as RBAC is concerned. */
  public static final String OPERATOR_NAMESPACE = "newel-system";

  public static final String OPERATOR_USER =
      "system:serviceaccount:" + OPERATOR_NAMESPACE + ":newel-operator";

  private final String version;
  private final Path dir;
  private final int etcdPort = freePort();
  private final int apiPort = freePort();
  private final List<Process> running = new ArrayList<>();
  private Process apiServer;

  private ControlPlane(String version, Path dir) {
    this.version = version;
    this.dir = dir;
  }

  /**
   * Starts etcd and the API server.
   *
   * @param version {@link #NEWEST} or {@link #OLDEST}
   * @throws IllegalStateException when the binaries are missing, with the command that builds them
   */
  public static ControlPlane start(String version) {
    try {
      Path dir = Files.createTempDirectory("newel-api-");
      var plane = new ControlPlane(version, dir);
      Runtime.getRuntime().addShutdownHook(new Thread(plane::close));
      plane.prepare();
      plane.startEtcd();
      plane.startApiServer();
      return plane;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("the control plane cannot be set up", e);
    }
  }

  /** Kubernetes' own controllers beside it: Deployments, Jobs, garbage collection, namespaces. */
  public ControlPlane withControllers() {
    process(
        "kube-controller-manager",
        binary("kube-controller-manager").toString(),
        "--kubeconfig=" + dir.resolve("kcm.kubeconfig"),
        "--service-account-private-key-file=" + dir.resolve("sa.key"),
        "--use-service-account-credentials=true", // each under the name that real clusters know
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=300",
        "--kube-api-burst=600",
        "--controllers=namespace-controller,garbage-collector-controller,"
            + "serviceaccount-controller,deployment-controller,replicaset-controller,"
            + "job-controller,ttl-after-finished-controller,endpointslice-controller,"
            + "disruption-controller");
    return this;
  }

  private void prepare() throws IOException, GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    var pair = generator.generateKeyPair();
    pem("sa.key", "PRIVATE KEY", pair.getPrivate().getEncoded());
    pem("sa.pub", "PUBLIC KEY", pair.getPublic().getEncoded());
    Files.writeString(
        dir.resolve("tokens.csv"),
        TOKEN
            + ",admin,admin,\"system:masters\"\n"
            + OPERATOR_TOKEN
            + ","
            + OPERATOR_USER
            + ",operator,\"system:serviceaccounts\"\n"
            + KCM_TOKEN
            + ",system:kube-controller-manager,kcm\n"
            + PERSON_TOKEN
            + ",mallory,mallory\n");
    kubeconfig(kubeconfig(), TOKEN);
    kubeconfig(operatorKubeconfig(), OPERATOR_TOKEN);
    kubeconfig(dir.resolve("kcm.kubeconfig"), KCM_TOKEN);
    Files.writeString(
        dir.resolve("audit-policy.yaml"),
        """
        apiVersion: audit.k8s.io/v1
        kind: Policy
        omitStages: [RequestReceived]
        rules:
        - {level: Metadata, verbs: [create, update, patch, delete, deletecollection]}
        - {level: Metadata, users: ["%s"], resources: [{group: ""}, {group: apps}, {group: policy}, {group: networking.k8s.io}, {group: newel.dev}, {group: events.k8s.io}, {group: coordination.k8s.io}, {group: rbac.authorization.k8s.io}, {group: batch}, {group: admissionregistration.k8s.io}, {group: certificates.k8s.io}, {group: authorization.k8s.io}]}
        - {level: None}
        """
            .formatted(OPERATOR_USER));
  }

  private void kubeconfig(Path file, String token) throws IOException {
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", insecure-skip-tls-verify: true}}]
        users: [{name: u, user: {token: %s}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(apiPort, token));
  }

  private void pem(String file, String type, byte[] der) throws IOException {
    Files.writeString(
        dir.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(
                type, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), type));
  }

  private void startEtcd() {
    String url = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + freePort();
    process(
        "etcd",
        binary("etcd").toString(),
        "--data-dir=" + dir.resolve("etcd"),
        "--listen-client-urls=" + url,
        "--advertise-client-urls=" + url,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--unsafe-no-fsync=true",
        "--log-level=warn");
  }

  /** Starts the API server, also again after {@link #killApiServer}: same port, same data. */
  public void startApiServer() {
    apiServer =
        process(
            "kube-apiserver",
            binary("kube-apiserver").toString(),
            "--etcd-servers=http://127.0.0.1:" + etcdPort,
            "--bind-address=127.0.0.1",
            "--secure-port=" + apiPort,
            "--cert-dir=" + dir.resolve("certs"),
            "--token-auth-file=" + dir.resolve("tokens.csv"),
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + dir.resolve("sa.pub"),
            "--service-account-signing-key-file=" + dir.resolve("sa.key"),
            "--service-cluster-ip-range=10.0.0.0/16",
            "--disable-admission-plugins=ServiceAccount",
            "--audit-policy-file=" + dir.resolve("audit-policy.yaml"),
            "--audit-log-path=" + dir.resolve("audit.log"),
            "--audit-log-mode=blocking",
            "--allow-privileged=true",
            "--max-mutating-requests-inflight=800",
            "--max-requests-inflight=1600");
    Await.until(
        "the API server " + version + " to be ready, log:\n" + tail("kube-apiserver"),
        START_LIMIT,
        () -> {
          if (!apiServer.isAlive()) {
            throw new IllegalStateException("it ended:\n" + tail("kube-apiserver"));
          }
          try (var client = client()) {
            return client.raw("/readyz");
          }
        },
        "ok"::equals);
  }

  /** SIGKILL, as a crash would. */
  public void killApiServer() {
    kill(apiServer);
  }

  private Path binary(String name) {
    Path root = Cache.root();
    for (String v : List.of(version, NEWEST)) {
      Path file = root.resolve("k8s").resolve(v).resolve(name);
      if (Files.isExecutable(file) && !(name.equals("kube-apiserver") && !v.equals(version))) {
        return file;
      }
    }
    throw new IllegalStateException(
        "no %s %s in %s; run `make k8s` to build it".formatted(name, version, root));
  }

  private Process process(String name, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(dir.resolve(name + ".log").toFile()))
              .start();
      running.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be started", e);
    }
  }

  private String tail(String name) {
    try {
      List<String> lines = Files.readAllLines(dir.resolve(name + ".log"));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return "(no log)";
    }
  }

  public String version() {
    return version;
  }

  /** JSON lines of every mutating request. */
  public Path auditLog() {
    return dir.resolve("audit.log");
  }

  /** A file with the administrator's kubeconfig. */
  public Path kubeconfig() {
    return dir.resolve("kubeconfig");
  }

  /** A file with the kubeconfig of {@link #OPERATOR_USER}. */
  public Path operatorKubeconfig() {
    return dir.resolve("operator-kubeconfig");
  }

  private static KubernetesClientBuilder newClient() {
    return new KubernetesClientBuilder().withHttpClientFactory(HTTP);
  }

  private Config config() {
    try {
      return Config.fromKubeconfig(Files.readString(kubeconfig()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As the administrator. */
  public KubernetesClient client() {
    return newClient().withConfig(config()).build();
  }

  /** As the administrator, with something that sees every request. */
  public KubernetesClient client(Interceptor interceptor) {
    return newClient()
        .withConfig(config())
        .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("test", interceptor))
        .build();
  }

  /** As the operator's service account, with no more than RBAC gives it. */
  public KubernetesClient operator() {
    Config config = config();
    config.setOauthToken(OPERATOR_TOKEN);
    config.setAutoOAuthToken(OPERATOR_TOKEN);
    return newClient().withConfig(config).build();
  }

  /** As the operator's service account, with something that sees every request. */
  public KubernetesClient operator(Interceptor interceptor) {
    Config config = config();
    config.setOauthToken(OPERATOR_TOKEN);
    config.setAutoOAuthToken(OPERATOR_TOKEN);
    return newClient()
        .withConfig(config)
        .withHttpClientBuilderConsumer(b -> b.addOrReplaceInterceptor("test", interceptor))
        .build();
  }

  /** As somebody else, by impersonation. */
  public KubernetesClient as(String user, String... groups) {
    Config config = config();
    config.setImpersonateUsername(user);
    config.setImpersonateGroups(groups);
    return newClient().withConfig(config).build();
  }

  /** With somebody's own token, trying to act as somebody else. */
  public KubernetesClient withToken(String token, String impersonated) {
    Config config = config();
    config.setOauthToken(token);
    config.setAutoOAuthToken(token);
    config.setImpersonateUsername(impersonated);
    return newClient().withConfig(config).build();
  }

  /** A namespace with a name of its own. */
  public String newNamespace(KubernetesClient client) {
    return client
        .resource(
            new NamespaceBuilder().withNewMetadata().withGenerateName("t-").endMetadata().build())
        .create()
        .getMetadata()
        .getName();
  }

  /** Installs every CRD of a folder and waits until the server serves them. */
  public void installCrds(Path folder) {
    try (var client = client();
        var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        var crd =
            client.apiextensions().v1().customResourceDefinitions().load(file.toFile()).item();
        client.resource(crd).fieldManager("install").forceConflicts().serverSideApply();
        client
            .resource(crd)
            .waitUntilCondition(
                c ->
                    c != null
                        && c.getStatus() != null
                        && c.getStatus().getConditions() != null
                        && c.getStatus().getConditions().stream()
                            .anyMatch(k ->
                                k.getType().equals("Established") && k.getStatus().equals("True")),
                30,
                TimeUnit.SECONDS);
        String path =
            "/apis/"
                + crd.getSpec().getGroup()
                + "/"
                + crd.getSpec().getVersions().getFirst().getName()
                + "/"
                + crd.getSpec().getNames().getPlural();
        Await.until(path + " to be served", START_LIMIT, () -> client.raw(path), s -> s != null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    running.reversed().forEach(ControlPlane::kill);
    running.clear();
  }

  private static void kill(Process process) {
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
