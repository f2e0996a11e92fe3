package dev.newel.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own, to be killed or starved. */
public final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private Child(List<String> command) {
    try {
      process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = process.inputReader();
  }

  public static Child start(Class<?> main, String... args) {
    return new Child(command(main, args));
  }

  /** With a limit on the size of any file it writes, in blocks of 512 bytes as POSIX has it. */
  static Child startWithFileLimit(int blocks, Class<?> main, String... args) {
    var command =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "sh"));
    command.addAll(command(main, args));
    return new Child(command);
  }

  private static List<String> command(Class<?> main, String... args) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    return command;
  }

  /** The next line it prints, or null when it has ended. */
  public String line() throws IOException {
    return out.readLine();
  }

  /** SIGKILL, then what it had printed before. */
  public List<String> kill() throws IOException, InterruptedException {
    process.toHandle().destroyForcibly(); // unlike Process, leaves the pipe to be read
    List<String> rest = rest();
    process.waitFor();
    return rest;
  }

  List<String> rest() throws IOException {
    var lines = new ArrayList<String>();
    for (String line = line(); line != null; line = line()) {
      lines.add(line);
    }
    return lines;
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
