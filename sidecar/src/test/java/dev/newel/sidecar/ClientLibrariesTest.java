package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The client libraries that people use, from their registries, against a filter: each understands
 * every answer and raises its own typed error. They are installed once into {@code NEWEL_CACHE};
 * without Python, Node or a registry this fails and says so.
 */
@Tag("clients")
@Timeout(600)
class ClientLibrariesTest {
  private static final Path SOURCES = Path.of("src/test/clients");

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
    filter.load(1, PERSONAL_DATA, AURORA);
    filter.model.answersEach(LibraryModel::answer);
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  @Test
  void theLibrariesOfPythonUnderstandEveryAnswer() throws Exception {
    // Given
    Path home = home("python", "requirements.txt");
    if (Files.notExists(home.resolve("installed"))) {
      run(home, "python3", "-m", "venv", "venv");
      run(home, "venv/bin/pip", "install", "-q", "-r", "requirements.txt");
      Files.createFile(home.resolve("installed"));
    }
    // When
    String said = run(home, "venv/bin/python", "drive.py", base());
    // Then
    assertThat(said).endsWith("all held\n");
  }

  @Test
  void theLibrariesOfNodeUnderstandEveryAnswer() throws Exception {
    // Given
    Path home = home("node", "package-lock.json");
    if (Files.notExists(home.resolve("installed"))) {
      run(home, "npm", "ci", "--silent", "--no-audit", "--no-fund");
      Files.createFile(home.resolve("installed"));
    }
    // When
    String said = run(home, "node", "drive.mjs", base());
    // Then
    assertThat(said).endsWith("all held\n");
  }

  private String base() {
    return "http://127.0.0.1:" + filter.proxyPort();
  }

  /** A folder of the cache for exactly these versions, with the sources as they are now. */
  private static Path home(String language, String pinned) throws IOException {
    Path sources = SOURCES.resolve(language);
    String version = Integer.toHexString(Files.readString(sources.resolve(pinned)).hashCode());
    Path cache =
        Optional.ofNullable(System.getenv("NEWEL_CACHE"))
            .map(Path::of)
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "newel"));
    Path home = cache.resolve("clients").resolve(language + "-" + version);
    Files.createDirectories(home);
    try (var files = Files.list(sources)) {
      for (Path file : files.toList()) {
        Files.writeString(home.resolve(file.getFileName()), Files.readString(file));
      }
    }
    return home;
  }

  private static String run(Path home, String... command) throws Exception {
    var process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor())
        .as(
            "%s in %s; it needs Python 3, Node and their registries:%n%s",
            List.of(command), home, said)
        .isZero();
    return said;
  }
}
