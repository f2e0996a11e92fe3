package dev.newel.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.log.Logs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A verifier in another language, on the public libraries of others (e2e/auditverify), reads the
 * same bytes. Tagged {@code api}, as that lane has Go.
 */
@Tag("api")
class IndependentVerifierTest {
  @TempDir static Path built;
  @TempDir Path folder;

  private record Ran(int code, String said) {}

  private static Ran run(Path in, String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    return new Ran(process.exitValue(), said);
  }

  @BeforeAll
  static void build() throws Exception {
    Ran ran =
        run(
            Path.of("../e2e/auditverify"),
            "env",
            "CGO_ENABLED=0",
            "go",
            "build",
            "-o",
            built.resolve("auditverify").toString(),
            ".");
    assertThat(ran.code()).as(ran.said()).isZero();
  }

  private Ran verify() throws Exception {
    return run(
        folder,
        built.resolve("auditverify").toString(),
        folder.toString(),
        Logs.KEY.verifier().text());
  }

  @Test
  void readsAndProvesWhatWeWrote() throws Exception {
    for (int size : new int[] {5, 256, 700}) {
      Path log = Files.createDirectory(folder.resolve("log" + size));
      SampleLog.write(log, size);
      Ran ran =
          run(
              folder,
              built.resolve("auditverify").toString(),
              log.toString(),
              Logs.KEY.verifier().text());
      assertThat(ran.said()).contains("SOUND: " + size + " events");
      assertThat(ran.code()).isZero();
    }
  }

  @Test
  void noticesAnAlteredByteInEntryAndHashAndACut() throws Exception {
    SampleLog.write(folder, 700);
    Path tile = folder.resolve("tile/entries/001");
    byte[] good = Files.readAllBytes(tile);
    byte[] bad = good.clone();
    bad[5000] ^= 1;
    Files.write(tile, bad);
    assertThat(verify().code()).isEqualTo(1);
    Files.write(tile, Arrays.copyOf(good, good.length - 3));
    Ran cut = verify();
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.said()).contains("is cut");
    Files.write(tile, good);
    assertThat(verify().code()).isZero();
    Path hashes = folder.resolve("tile/0/001");
    byte[] changed = Files.readAllBytes(hashes);
    changed[40] ^= 1;
    Files.write(hashes, changed);
    assertThat(verify().said()).contains("NOT SOUND");
  }
}
