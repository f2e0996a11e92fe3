package dev.newel.audit;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Prints every line of a trail: how it is taken out of a container that has no shell, {@code
 * kubectl exec … -- java -cp … dev.newel.audit.AuditExport /var/lib/newel/audit}.
 */
public final class AuditExport {
  private AuditExport() {}

  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: AuditExport FOLDER");
      System.exit(2);
    }
    var out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    Trail.lines(Path.of(args[0])).forEach(line -> out.print(line + "\n"));
    out.flush();
  }
}
