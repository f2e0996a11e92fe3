package dev.newel.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.policy.bundle.BundleKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterConfigTest {
  private static Map<String, String> good() {
    return new HashMap<>(
        Map.of(
            "NEWEL_MODEL",
            "team-a/llm",
            "NEWEL_UPSTREAM",
            "http://127.0.0.1:8000",
            "NEWEL_BUNDLE_KEY",
            BundleKey.generate().publicKey()));
  }

  @Test
  void threeSettingsAreEnough() {
    // When
    var config = FilterConfig.of(good());
    // Then
    assertThat(config.namespace()).isEqualTo("team-a");
    assertThat(config.proxyPort()).isEqualTo(8080);
    assertThat(config.adminPort()).isEqualTo(8081);
    assertThat(config.credential()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NEWEL_MODEL,",
    "NEWEL_MODEL,llm",
    "NEWEL_UPSTREAM,",
    "NEWEL_UPSTREAM,ftp://x",
    "NEWEL_UPSTREAM,nonsense and spaces",
    "NEWEL_BUNDLE_KEY,",
    "NEWEL_PROXY_PORT,eighty",
    "NEWEL_ADMIN_PORT,70000",
  })
  void aWrongSettingIsNamed(String name, String value) {
    // Given
    var env = good();
    if (value == null) {
      env.remove(name);
    } else {
      env.put(name, value);
    }
    // Then
    assertThatThrownBy(() -> FilterConfig.of(env))
        .isInstanceOf(FilterConfig.InvalidException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(value == null ? "not set" : value);
  }

  @Test
  void aPortInUseIsNamedAndLeavesNothingRunning(@TempDir Path folder) throws Exception {
    // Given
    try (var taken = new ServerSocket(0)) {
      var env = good();
      env.put("NEWEL_AUDIT_DIR", folder.toString());
      env.put("NEWEL_ADMIN_PORT", "0");
      env.put("NEWEL_PROXY_PORT", Integer.toString(taken.getLocalPort()));
      var config = FilterConfig.of(env);
      var log =
          new Log(
              new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
              Log.Level.INFO,
              Clock.systemUTC());
      // Then
      for (int i = 0; i < 2; i++) { // the second would find the trail locked by the first
        assertThatThrownBy(() -> Sidecar.start(config, log, Clock.systemUTC()))
            .isInstanceOf(FilterConfig.InvalidException.class)
            .hasMessageContaining("NEWEL_PROXY_PORT is " + taken.getLocalPort());
      }
    }
  }
}
