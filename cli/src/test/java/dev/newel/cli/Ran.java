package dev.newel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/** What a command did. */
public record Ran(int code, String out, String err) {
  public static Ran newel(byte[] in, String... args) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    int code =
        Main.run(
            new ByteArrayInputStream(in),
            new PrintStream(out, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            args);
    return new Ran(code, out.toString(UTF_8), err.toString(UTF_8));
  }

  public static Ran newel(String in, String... args) {
    return newel(in.getBytes(UTF_8), args);
  }

  public List<String> lines() {
    return out.lines().toList();
  }
}
