package dev.newel.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script, with a Java that only prints what it was started with. */
class LauncherTest {
  @TempDir Path folder;
  private Path launcher;

  @BeforeEach
  void install() throws IOException {
    folder = folder.toRealPath();
    Files.createDirectories(folder.resolve("an app/lib"));
    launcher = folder.resolve("an app/newel");
    Files.copy(Path.of("src/launcher/newel"), launcher, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private Path java(String version) throws IOException {
    Path home = folder.resolve("jdk-" + version);
    Files.createDirectories(home.resolve("bin"));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Path java = home.resolve("bin/java");
    Files.writeString(java, "#!/bin/sh\necho fake " + version + "\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    return home;
  }

  private String run(Path javaHome, Path command, String... args)
      throws IOException, InterruptedException {
    var line = new java.util.ArrayList<>(List.of(command.toString()));
    line.addAll(List.of(args));
    var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    var process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return out;
  }

  @Test
  void startsTheMainClassWithEveryJarAndEveryArgument() throws Exception {
    assertThat(run(java("25.0.3"), launcher, "check", "a b", "*").lines())
        .startsWith("fake 25.0.3")
        .containsSequence("-cp", folder + "/an app/lib/*:" + folder + "/an app/*")
        .endsWith("dev.newel.cli.Main", "check", "a b", "*");
  }

  @Test
  void worksThroughSymbolicLinksAbsoluteAndRelative() throws Exception {
    // Given
    Files.createDirectories(folder.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(folder.resolve("bin/kubectl-newel"), Path.of("../an app/newel"));
    Path absolute = Files.createSymbolicLink(folder.resolve("newel"), relative);
    // Then
    assertThat(run(java("25"), absolute, "version")).contains(folder + "/an app/lib/*");
  }

  @Test
  void passesOverAJavaOfAnotherVersion() throws Exception {
    assertThat(run(java("21.0.1"), launcher, "version")).doesNotContain("fake");
    assertThat(run(java("2.5"), launcher, "version")).doesNotContain("fake");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    // Given
    Files.delete(folder.resolve("an app/lib"));
    // Then
    assertThat(run(java("25"), launcher, "version")).contains("/an app/lib is missing");
  }
}
