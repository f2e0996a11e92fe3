package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.EventType;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Settings;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleKey;
import dev.newel.policy.bundle.BundleSigner;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which bundle is in force, and how that changes. */
@Timeout(60)
class BundleTest {
  private static final String AURORA_QUESTION =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"project-aurora\"}]}";

  private static final String MAIL_QUESTION =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"ask bob@example.org\"}]}";

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  private JsonObject bundle() {
    return new JsonObject(filter.admin("/bundle").body());
  }

  @Test
  void aGoodBundleMakesItReady() {
    // When
    filter.load(7, AURORA);
    // Then
    assertThat(filter.admin("/readyz").statusCode()).isEqualTo(200);
    assertThat(bundle().getLong("sequence")).isEqualTo(7);
    assertThat(bundle().getString("revision"))
        .isEqualTo(EffectivePolicy.of(List.of(AURORA), Settings.DEFAULT).revision());
    assertThat(bundle().containsKey("reason")).isFalse();
  }

  @Test
  void aNewBundleIsSeenWithoutBeingTold() {
    // Given
    filter.load(1, PERSONAL_DATA);
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(200);
    // When
    filter.mount(filter.sign(2, Settings.DEFAULT, AURORA));
    while (bundle().getLong("sequence") != 2) {
      Thread.onSpinWait();
    }
    // Then
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(403);
    assertThat(bundle().getString("revision"))
        .isEqualTo(EffectivePolicy.of(List.of(AURORA), Settings.DEFAULT).revision());
  }

  @Test
  void anOlderBundleIsRefusedAndTheLastGoodOneStays() throws Exception {
    // Given
    filter.load(5, AURORA);
    // When
    filter.load(4, PERSONAL_DATA);
    // Then
    assertThat(bundle().getLong("sequence")).isEqualTo(5);
    assertThat(bundle().getString("reason")).startsWith("OLDER: ");
    assertThat(filter.admin("/readyz").statusCode()).isEqualTo(200);
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(403);
    // The first was that there was no bundle at all.
    assertThat(filter.audit.await(EventType.POLICY_REFUSED).data())
        .containsEntry("reason", "INCOMPLETE");
    assertThat(filter.audit.await(EventType.POLICY_REFUSED).data())
        .containsEntry("reason", "OLDER");
  }

  @Test
  void aTamperedBundleIsRefusedAndTheLastGoodOneStays() {
    // Given
    filter.load(1, AURORA);
    byte[] tampered = filter.sign(2, Settings.DEFAULT, PERSONAL_DATA);
    tampered[tampered.length / 2] ^= 1;
    // When
    filter.mount(tampered);
    filter.reload();
    // Then
    assertThat(bundle().getLong("sequence")).isEqualTo(1);
    assertThat(bundle().getString("reason")).isNotEmpty();
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(403);
  }

  @Test
  void aBundleOfAnotherKeyIsRefusedAndNothingPasses() {
    // Given
    var stranger = new BundleSigner(BundleKey.generate());
    var policy = EffectivePolicy.of(List.of(PERSONAL_DATA), Settings.DEFAULT);
    // When
    filter.mount(stranger.sign(new Bundle(RunningSidecar.MODEL, 1, policy)));
    filter.reload();
    // Then
    assertThat(filter.admin("/readyz").statusCode()).isEqualTo(503);
    assertThat(filter.admin("/readyz").body()).contains("UNSIGNED");
    assertThat(filter.admin("/bundle").statusCode()).isEqualTo(404);
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(503);
  }

  @Test
  void aRefusalIsForgottenWhenTheBundleInForceIsBack() throws Exception {
    // Given
    byte[] good = filter.sign(1, Settings.DEFAULT, AURORA);
    filter.mount(good);
    filter.reload();
    Files.writeString(folder.resolve("bundle/bundle.000"), "this is no part of a bundle");
    filter.reload();
    assertThat(bundle().getString("reason")).startsWith("MALFORMED: ");
    // When
    filter.mount(good);
    filter.reload();
    // Then
    assertThat(bundle().containsKey("reason")).isFalse();
  }

  @Test
  void whatCannotBeRecordedDoesNotComeIntoForce() {
    // Given
    filter.load(1, AURORA);
    filter.audit.breakFor(EventType.POLICY_LOADED);
    // When
    filter.load(2, PERSONAL_DATA);
    // Then
    assertThat(bundle().getLong("sequence")).isEqualTo(1);
    assertThat(bundle().getString("reason")).startsWith("AUDIT_UNAVAILABLE: ");
    // When
    filter.audit.breakFor(null);
    filter.reload();
    // Then
    assertThat(bundle().getLong("sequence")).isEqualTo(2);
  }

  @Test
  void aSwapUnderLoadCostsNoRequest() throws Exception {
    // Given clients that ask all the time
    filter.load(1, PERSONAL_DATA);
    var statuses = new ConcurrentHashMap<Integer, Integer>();
    var swapping = new AtomicBoolean(true);
    try (var clients = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        clients.execute(() -> {
          while (swapping.get()) {
            statuses.merge(filter.chat(MAIL_QUESTION).statusCode(), 1, Integer::sum);
          }
        });
      }
      // When the policy changes again and again
      for (int sequence = 2; sequence < 40; sequence++) {
        filter.load(sequence, sequence % 2 == 0 ? AURORA : PERSONAL_DATA, PERSONAL_DATA);
      }
      swapping.set(false);
    }
    // Then every one was answered, and masked by whichever policy
    assertThat(statuses.keySet()).containsExactly(200);
    assertThat(filter.model.asked())
        .isNotEmpty()
        .allSatisfy(a -> assertThat(a.body()).contains("<EMAIL>"));
    assertThat(bundle().getLong("sequence")).isEqualTo(39);
  }

  @Test
  void aFilterThatStartsAgainHasTheMountedBundleAtOnce() {
    // Given
    filter.load(3, AURORA);
    // When the process ends and another begins with the same folder; nobody is there to help
    filter.end();
    filter.restart();
    // Then
    assertThat(filter.admin("/readyz").statusCode()).isEqualTo(200);
    assertThat(bundle().getLong("sequence")).isEqualTo(3);
    assertThat(filter.chat(AURORA_QUESTION).statusCode()).isEqualTo(403);
  }
}
