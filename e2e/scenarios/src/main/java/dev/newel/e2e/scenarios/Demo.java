package dev.newel.e2e.scenarios;

import java.nio.file.Path;

/** Tells the story on a cluster: {@code Demo KUBECONFIG FOLDER}. */
public final class Demo {
  private Demo() {}

  /** Exits 0 when every step held, 1 with what did not otherwise. */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: Demo KUBECONFIG FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(args[1]);
    var transcript = new Transcript(System.out, folder.resolve("transcript.txt"));
    try (var live = new Live(Path.of(args[0]))) {
      new Story(live, transcript, folder.resolve("audit")).tell();
      transcript.line(
          "Every step was checked. Transcript and trail: "
              + folder.resolve("{transcript.txt,audit/,audit-log.vkey}"));
    } catch (AssertionError e) {
      System.err.println("demo: " + e.getMessage());
      System.exit(1);
    } catch (RuntimeException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }
}
