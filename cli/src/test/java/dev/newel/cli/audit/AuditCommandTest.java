package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.log.EmbeddedStorage;
import dev.newel.audit.log.TransparencyLog;
import dev.newel.audit.merkle.ProofFile;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private static final SignerKey KEY = SignerKey.generate("newel.test/log", new SecureRandom());
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T15:04:05Z"), ZoneOffset.UTC);

  @TempDir Path folder;
  private Path log;
  private Path key;

  @BeforeEach
  void write() throws IOException {
    log = folder.resolve("log");
    key = folder.resolve("audit-log.vkey");
    Files.writeString(key, KEY.verifier().text() + "\n");
    try (var opened =
        TransparencyLog.open(EmbeddedStorage.open(log), KEY, CLOCK, TransparencyLog.Pace.DEFAULT)) {
      var drafts = new ArrayList<EventDraft>();
      for (int i = 0; i < 300; i++) {
        drafts.add(
            EventDraft.fact(
                EventType.LOG_READ, "read/" + i, Map.of("actor", i % 2 == 0 ? "ann" : "bob")));
      }
      opened.record(drafts);
    }
  }

  private Ran verify(String... more) {
    var args = new ArrayList<>(List.of("audit", "verify", log.toString()));
    args.addAll(List.of(more));
    return Ran.newel("", args.toArray(new String[0]));
  }

  @Test
  void aSoundLogEndsWithZeroWhicheverWayTheKeyIsGiven() {
    for (String k : new String[] {key.toString(), KEY.verifier().text()}) {
      Ran ran = verify("--key", k);
      assertThat(ran.code()).as(ran.out() + ran.err()).isZero();
      assertThat(ran.out()).contains("SOUND: 302 events of 1 producers").contains("V9");
    }
    assertThat(verify("--key", key.toString(), "--as-of", "2026-11-23T15:05:00Z").code()).isZero();
  }

  @Test
  void anAlteredByteEndsWithOneAndNamesTheEvent() throws IOException {
    Path tile = log.resolve("tile/entries/000");
    byte[] bytes = Files.readAllBytes(tile);
    bytes[2000] ^= 1;
    Files.write(tile, bytes);
    Ran ran = verify("--key", key.toString());
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .containsPattern("V2 tree: index \\d+: entry and hash differ")
        .contains("NOT SOUND");
  }

  @Test
  void findingsAreWrittenForProgramsToo() throws Exception {
    Files.delete(log.resolve("tile/0/000"));
    JsonNode json = new ObjectMapper().readTree(verify("--key", key.toString(), "--json").out());
    assertThat(json.path("sound").asBoolean()).isFalse();
    assertThat(json.at("/findings/0/check").asText()).isEqualTo("V2");
    assertThat(json.at("/checkpoint/size").asInt()).isEqualTo(302);
    JsonNode sarif = new ObjectMapper().readTree(verify("--key", key.toString(), "--sarif").out());
    assertThat(sarif.path("version").asText()).isEqualTo("2.1.0");
    assertThat(sarif.at("/runs/0/results/0/ruleId").asText()).isEqualTo("V2");
    assertThat(sarif.at("/runs/0/tool/driver/rules")).hasSize(10);
  }

  @Test
  void whatCannotBeVerifiedEndsWithTwoAndSaysWhatWouldHelp() throws IOException {
    assertThat(verify().code()).isEqualTo(2);
    assertThat(verify().err()).contains("--key");
    assertThat(verify("--key", "nonsense").err()).contains("cannot be read");
    assertThat(verify("--key", "a+b+c").err()).contains("expected <name>+<8 hex digits>+<base64>");
    Ran nowhere = Ran.newel("", "audit", "verify", folder.resolve("x").toString());
    assertThat(nowhere.code()).isEqualTo(2);
    assertThat(nowhere.err()).contains("does not exist");
    Path half = folder.resolve("half.zip");
    Ran.newel("", "audit", "bundle", log.toString(), half.toString());
    byte[] whole = Files.readAllBytes(half);
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    Ran cut = Ran.newel("", "audit", "verify", half.toString(), "--key", key.toString());
    assertThat(cut.code()).isEqualTo(2);
    assertThat(cut.err()).contains("cut on its way");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(Ran.newel("", "audit", "verify", empty.toString()).err()).contains("holds no log");
  }

  @Test
  void aKeyFromTheLogsOwnFolderIsSaidToBeOne() throws IOException {
    Path inside = log.resolve("log.vkey");
    Files.copy(key, inside);
    Ran ran = verify("--key", inside.toString());
    assertThat(ran.code()).isZero();
    assertThat(ran.err()).contains("own folder");
  }

  @Test
  void producersFilesNeedToBeAskedFor() throws IOException {
    Path files = Files.createDirectory(folder.resolve("files"));
    Ran all = Ran.newel("", "audit", "query", log.toString());
    Files.writeString(files.resolve("audit-000000001.jsonl"), all.out());
    Ran unsaid = Ran.newel("", "audit", "verify", files.toString());
    assertThat(unsaid.code()).isEqualTo(2);
    assertThat(unsaid.err()).contains("--unsigned");
    Ran ran = Ran.newel("", "audit", "verify", files.toString(), "--unsigned");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("nothing here is signed").contains("SOUND: 302 events");
  }

  @Test
  void anEventIsFoundAndProved() {
    Ran found =
        Ran.newel(
            "",
            "audit",
            "query",
            log.toString(),
            "--actor",
            "bob",
            "--type",
            "log.read",
            "--index",
            "--limit",
            "3");
    assertThat(found.code()).isZero();
    assertThat(found.lines()).hasSize(3);
    assertThat(Ran.newel("", "audit", "query", log.toString(), "--rule", "x").code()).isEqualTo(1);
    String[] line = found.lines().getFirst().split("\t", 2);
    Ran proof = Ran.newel("", "audit", "prove", log.toString(), line[0], "--key", key.toString());
    assertThat(proof.code()).as(proof.err()).isZero();
    assertThat(ProofFile.parse(proof.out()).verify(line[1].getBytes(UTF_8), KEY.verifier()).size())
        .isEqualTo(302);
    Ran none = Ran.newel("", "audit", "prove", log.toString(), "302", "--key", key.toString());
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("the last is 301");
  }

  @Test
  void theTailIsShortAndTheBundleVerifies() {
    Ran tail = Ran.newel("", "audit", "tail", log.toString(), "-n", "2");
    assertThat(tail.lines()).hasSize(2);
    assertThat(tail.lines().getLast()).contains("log.closed.v1");
    Path zip = folder.resolve("b.zip");
    assertThat(Ran.newel("", "audit", "bundle", log.toString(), zip.toString()).code()).isZero();
    assertThat(Ran.newel("", "audit", "bundle", log.toString(), zip.toString()).code())
        .as("a file that is there is not replaced")
        .isEqualTo(2);
    Ran ran = Ran.newel("", "audit", "verify", zip.toString(), "--key", key.toString());
    assertThat(ran.code()).as(ran.out()).isZero();
  }
}
