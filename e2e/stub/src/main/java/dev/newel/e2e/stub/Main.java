package dev.newel.e2e.stub;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * A model that says what it is told to: without arguments the server; with {@code get URL}, {@code
 * post URL BODY}, {@code put URL BODY} or {@code delete URL}, or {@code load URL BODY SECONDS}, a
 * client, because the image has no curl.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 4 && args[0].equals("load")) {
      System.exit(
          Load.run(
              URI.create(args[1]),
              args[2],
              Duration.ofSeconds(Integer.parseInt(args[3])),
              System.out));
    }
    if (args.length > 0) {
      System.exit(HttpCall.run(Arrays.asList(args), System.out, System.err));
    }
    String port = System.getenv().getOrDefault("PORT", "8000");
    if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
      System.err.println("model-stub: PORT is " + port + "; a port is 0 to 65535");
      System.exit(2);
    }
    // Otherwise the kernel joins the small writes again that this program is all about.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    StubServer stub = StubServer.start(Integer.parseInt(port));
    Runtime.getRuntime().addShutdownHook(new Thread(stub::close, "model-stub-shutdown"));
    System.out.println("model-stub: listens on " + stub.port());
  }

  static final List<String> USAGE =
      List.of("get URL", "post URL BODY", "put URL BODY", "delete URL", "load URL BODY SECONDS");
}
