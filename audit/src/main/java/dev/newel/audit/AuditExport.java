package dev.newel.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Prints every line of a trail: how it is taken out of a container that has no shell, {@code
 * kubectl exec … -- java -cp … dev.newel.audit.AuditExport /var/lib/newel/audit}.
 */
public final class AuditExport {
  private AuditExport() {}

  /** Exits 0 when all was printed, 1 when it could not be, 2 when there is no such folder. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: AuditExport FOLDER");
      System.exit(2);
    }
    Path folder = Path.of(args[0]);
    if (!Files.isDirectory(folder)) {
      System.err.println(folder + " is no folder; name the one that holds audit-*.jsonl");
      System.exit(2);
    }
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Trail.lines(folder).forEach(line -> out.print(line + "\n"));
    if (out.checkError()) {
      System.err.println("the trail could not be printed to its end");
      System.exit(1);
    }
  }
}
