package dev.newel.audit.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.log.Drafts;
import dev.newel.audit.log.Logs;
import dev.newel.audit.merkle.Checkpoint;
import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import dev.newel.audit.merkle.TreeBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each check against what it is there for. Most logs here are signed: somebody had the key. */
class VerifierTest {
  @TempDir Path folder;

  /** A log of these leaves, as it should be, signed by the right key. */
  private static Map<String, byte[]> log(List<byte[]> leaves) {
    var tree = new TreeBuffer();
    leaves.forEach(l -> tree.add(Hash.ofLeaf(l)));
    var files = new TreeMap<String, byte[]>();
    for (TilePath tile : Tiles.since(0, leaves.size())) {
      int first = (int) tile.index() * TilePath.WIDTH;
      files.put(
          tile.path(),
          tile.level() == TilePath.ENTRIES
              ? EntryTile.join(leaves.subList(first, first + tile.width()))
              : Tiles.hashes(tree, tile));
    }
    files.put("checkpoint", note(Logs.KEY, leaves.size(), tree).getBytes(UTF_8));
    return files;
  }

  private static String note(SignerKey key, long size, TreeBuffer tree) {
    return new Checkpoint("newel.test/log", size, tree.root(size)).sign(key);
  }

  private static Verdict verify(Map<String, byte[]> files, UnaryOperator<Verifier.Options> options)
      throws IOException {
    return Verifier.verify(
        new LogFiles() {
          @Override
          public List<String> paths() {
            return List.copyOf(files.keySet());
          }

          @Override
          public Optional<byte[]> read(String path) {
            return Optional.ofNullable(files.get(path));
          }
        },
        options.apply(Verifier.Options.of(Logs.KEY.verifier())),
        _ -> {});
  }

  private static Verdict verify(Map<String, byte[]> files) throws IOException {
    return verify(files, o -> o);
  }

  private static Verdict verifyEvents(List<StoredEvent> events) throws IOException {
    return verify(log(bytes(events)));
  }

  private static List<byte[]> bytes(List<StoredEvent> events) {
    return events.stream().map(e -> e.bytes().array()).toList();
  }

  private static void assertFound(Verdict verdict, Check check, String message) {
    assertThat(verdict.findings())
        .as(verdict.toString())
        .anyMatch(f -> f.check() == check && f.message().contains(message));
  }

  private static void assertOnly(Verdict verdict, Check check, String message) {
    assertFound(verdict, check, message);
    assertThat(verdict.findings()).extracting(Finding::check).containsOnly(check);
  }

  private final Logs.Chain a = new Logs.Chain("a");

  @Test
  void aLogAsItIsWrittenIsSound() throws IOException {
    SampleLog.write(folder, 700);
    Verdict verdict =
        Verifier.verify(LogFiles.folder(folder), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.events()).isEqualTo(700);
    assertThat(verdict.producers()).isEqualTo(3);
    // And so is what a second opening goes on with.
    Logs.open(folder).close();
    assertThat(
            Verifier.verify(
                    LogFiles.folder(folder), Verifier.Options.of(Logs.KEY.verifier()), _ -> {})
                .findings())
        .isEmpty();
  }

  @Test
  void v1AnotherKeyADamagedSignatureNoCheckpoint() throws IOException {
    Map<String, byte[]> files = log(bytes(a.next(3)));
    SignerKey other = SignerKey.generate("newel.test/log", new SecureRandom());
    assertOnly(
        verify(files, o -> new Verifier.Options(other.verifier(), o.asOf(), o.maxAge(), o.seen())),
        Check.V1,
        "not signed by the key");
    files.remove("checkpoint");
    assertOnly(verify(files), Check.V1, "nothing here is signed");
    files = log(bytes(new Logs.Chain("a").next(3)));
    files.put("log.vkey", (other.verifier().text() + "\n").getBytes(UTF_8));
    assertOnly(verify(files), Check.V1, "another key than the one given");
  }

  @Test
  void v2AnAlteredEntryACutTileAMissingTileAStrangeFile() throws IOException {
    List<byte[]> leaves = bytes(a.next(300));
    Map<String, byte[]> files = log(leaves);
    files.get("tile/entries/000")[1000] ^= 1;
    assertFound(verify(files), Check.V2, "one of them was altered");
    files = log(leaves);
    byte[] tile = files.get("tile/entries/001.p/44");
    files.put("tile/entries/001.p/44", Arrays.copyOf(tile, tile.length - 100));
    assertFound(verify(files), Check.V2, "ends inside entry");
    files = log(leaves);
    files.put("tile/entries/001.p/44", EntryTile.join(leaves.subList(256, 290)));
    assertFound(verify(files), Check.V2, "the log is cut at index 290");
    files = log(leaves);
    files.remove("tile/entries/001.p/44");
    assertFound(verify(files), Check.V2, "is missing");
    files = log(leaves);
    files.remove("tile/0/000");
    assertFound(verify(files), Check.V2, "is missing");
    files = log(leaves);
    files.put("notes.txt", new byte[] {1});
    assertOnly(verify(files), Check.V2, "no part of a log");
    files = log(leaves);
    files.put("tile/entries/002", new byte[0]);
    assertOnly(verify(files), Check.V2, "more than the checkpoint vouches for");
  }

  @Test
  void v2LeavesThatAreNotThoseOfTheCheckpointEvenIfAllTilesFit() throws IOException {
    List<StoredEvent> events = a.next(20);
    Map<String, byte[]> files = log(bytes(events.subList(0, 20)));
    Map<String, byte[]> other = log(bytes(new Logs.Chain("a").next(20)));
    other.put("checkpoint", files.get("checkpoint"));
    assertOnly(verify(other), Check.V2, "do not have the root that was signed");
  }

  @Test
  void v3ARolledBackAndAForkedLog() throws IOException {
    List<byte[]> leaves = bytes(a.next(40));
    String later = new String(log(leaves).get("checkpoint"), UTF_8);
    Map<String, byte[]> earlier = log(leaves.subList(0, 30));
    assertThat(verify(earlier).findings()).isEmpty();
    assertOnly(
        verify(earlier, o -> new Verifier.Options(o.key(), o.asOf(), o.maxAge(), List.of(later))),
        Check.V3,
        "rolled back");
    Map<String, byte[]> forked = log(bytes(new Logs.Chain("a").next(50)));
    forked.put("checkpoints/40", later.getBytes(UTF_8));
    assertOnly(verify(forked), Check.V3, "forked");
  }

  @Test
  void v4ADroppedASwappedADuplicatedEventAndADeclaredGap() throws IOException {
    List<StoredEvent> events = a.next(10);
    var dropped = new ArrayList<>(events);
    dropped.remove(4);
    assertFound(verifyEvents(dropped), Check.V4, "seq 5 before it is missing");
    dropped.remove(4);
    assertFound(verifyEvents(dropped), Check.V4, "seq 5 to 6 before it are missing");
    var first = new ArrayList<>(events.subList(2, 10));
    assertFound(verifyEvents(first), Check.V4, "seq 1 to 2 before it are missing");
    var swapped = new ArrayList<>(events);
    swapped.set(4, events.get(5));
    swapped.set(5, events.get(4));
    assertFound(verifyEvents(swapped), Check.V4, "out of order");
    var duplicated = new ArrayList<>(events);
    duplicated.add(5, events.get(4));
    assertOnly(verifyEvents(duplicated), Check.V4, "a second time");
    var gap =
        List.of(
            a.next(
                EventDraft.fact(
                    EventType.LOG_GAP, "producer/x", Map.of("producer", "x", "missing", 3))));
    var declared = new ArrayList<>(events);
    declared.addAll(gap);
    assertOnly(verifyEvents(declared), Check.V4, "events of x are missing: 3");
    var stale = new ArrayList<>(new Logs.Chain("b", 2).next(2));
    stale.addAll(new Logs.Chain("b", 1).next(1));
    assertFound(verifyEvents(stale), Check.V4, "after epoch 2 had begun");
  }

  @Test
  void v5AReplacedEventAndAnEpochThatDoesNotFollow() throws IOException {
    List<StoredEvent> events = new ArrayList<>(a.next(10));
    var other = new Logs.Chain("a");
    events.set(4, other.next(5).getLast());
    assertOnly(verifyEvents(events), Check.V5, "not the hash of the event before");
    var epochs = new ArrayList<>(new Logs.Chain("b").next(3));
    epochs.add(
        new Logs.Chain("b", 2)
            .next(
                EventDraft.fact(
                    EventType.LOG_OPENED,
                    "epoch/2",
                    Map.of("previoushash", epochs.get(1).hash()))));
    assertOnly(verifyEvents(epochs), Check.V5, "does not end as this one saw it end");
    epochs.set(
        3,
        new Logs.Chain("b", 2)
            .next(
                EventDraft.fact(
                    EventType.LOG_OPENED,
                    "epoch/2",
                    Map.of("previoushash", epochs.get(2).hash()))));
    assertThat(verifyEvents(epochs).findings()).isEmpty();
  }

  @Test
  void v6IntentsAndRequestsThatDoNotPair() throws IOException {
    StoredEvent opened = a.opened();
    StoredEvent intent = a.next(Drafts.intent("x"));
    StoredEvent outcome = a.next(Drafts.outcome(intent));
    assertOnly(
        verifyEvents(List.of(opened, intent, outcome, a.next(Drafts.outcome(intent)))),
        Check.V6,
        "a second outcome");
    assertFound(verifyEvents(List.of(opened, outcome)), Check.V6, "unknown intent");
    var late = new Logs.Chain("b");
    var old = new ArrayList<>(List.of(late.opened(), late.next(Drafts.intent("y"))));
    Verdict young = verifyEvents(old);
    assertThat(young.findings()).isEmpty();
    assertThat(young.notes()).anyMatch(n -> n.contains("no outcome yet"));
    old.add(late.at(Logs.NOW.plus(Duration.ofMinutes(11))).next());
    assertOnly(verifyEvents(old), Check.V6, "has no outcome");
    var filter = new Logs.Chain("f");
    var requests =
        new ArrayList<>(List.of(filter.opened(), filter.next(Drafts.decided("1", "mask"))));
    assertThat(verifyEvents(requests).findings()).isEmpty();
    requests.add(filter.next(EventDraft.fact(EventType.LOG_CLOSED, "epoch/1", Map.of())));
    assertOnly(verifyEvents(requests), Check.V6, "has no end, though its producer ended in order");
    var other = new Logs.Chain("g");
    assertOnly(
        verifyEvents(List.of(other.opened(), other.next(Drafts.completed("2")))),
        Check.V6,
        "nobody had let go on");
  }

  @Test
  void v7AClockThatRunsBackward() throws IOException {
    var events = new ArrayList<>(a.next(2));
    events.add(a.at(Logs.NOW.minusSeconds(4)).next());
    assertThat(verifyEvents(events).findings()).isEmpty();
    events.add(a.at(Logs.NOW.minusSeconds(60)).next());
    assertOnly(verifyEvents(events), Check.V7, "2026-11-23T15:03:05.123Z");
  }

  @Test
  void v8WhatIsNoEvent() throws IOException {
    List<byte[]> leaves = new ArrayList<>(bytes(a.next(2)));
    String good = new String(a.next().bytes().array(), UTF_8);
    for (var bad :
        Map.of(
                good.replace("{\"data", "{ \"data"),
                "canonical form",
                good.replace("policy.loaded.v1", "policy.unheard.v1"),
                "unknown event type",
                good.replace("\"phase\":\"fact\"", "\"phase\":\"fiction\""),
                "phase",
                good.replace("\"subject\"", "\"sabject\""),
                "canonical form",
                good.replace("\"data\":{\"revision\":\"r2\"}", "\"data\":{\"a\":1,\"a\":1}"),
                "duplicate member",
                "",
                "ends too early")
            .entrySet()) {
      leaves.subList(2, leaves.size()).clear();
      leaves.add(bad.getKey().getBytes(UTF_8));
      Verdict verdict = verify(log(leaves));
      assertOnly(verdict, Check.V8, bad.getValue());
      assertThat(verdict.findings().getFirst().where()).isEqualTo("index 2");
    }
  }

  @Test
  void v9ALogThatStopsBeforeTheTimeThatWasAskedFor() throws IOException {
    Map<String, byte[]> files = log(bytes(a.next(3)));
    assertThat(verify(files, o -> asOf(o, Logs.NOW.plusSeconds(200))).findings()).isEmpty();
    assertOnly(
        verify(files, o -> asOf(o, Logs.NOW.plusSeconds(301))), Check.V9, "the end is missing");
    assertOnly(verify(files, o -> asOf(o, Logs.NOW.minusSeconds(60))), Check.V7, "after");
    assertThat(verify(files).notes()).anyMatch(n -> n.contains("V9"));
  }

  private static Verifier.Options asOf(Verifier.Options o, Instant time) {
    return new Verifier.Options(o.key(), Optional.of(time), o.maxAge(), o.seen());
  }

  @Test
  void v10AGenerationThatNobodySaw() throws IOException {
    var events =
        new ArrayList<>(
            List.of(
                a.opened(),
                a.next(Drafts.accepted("p", 1)),
                a.next(Drafts.accepted("q", 7)),
                a.next(Drafts.accepted("p", 2))));
    assertThat(verifyEvents(events).findings()).isEmpty();
    events.add(a.next(Drafts.accepted("p", 5)));
    assertOnly(verifyEvents(events), Check.V10, "generations 3 to 4");
  }

  @Test
  void retentionLeavesALogThatVerifies() throws IOException {
    var events = new ArrayList<>(a.next(300));
    events.add(a.next(EventDraft.fact(EventType.LOG_PRUNED, "log/x", Map.of("before", "256"))));
    Map<String, byte[]> files = log(bytes(events));
    files.remove("tile/entries/000");
    Verdict verdict = verify(files);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.notes()).anyMatch(n -> n.contains("first 256 events were removed"));
    Map<String, byte[]> unsaid = log(bytes(events.subList(0, 300)));
    unsaid.remove("tile/entries/000");
    assertOnly(verify(unsaid), Check.V2, "no log.pruned says");
  }

  @Test
  void producersFilesAreJudgedAloneOrBesideTheLog() throws IOException {
    List<StoredEvent> events = a.next(5);
    var lines = new StringBuilder();
    events.forEach(e -> lines.append(new String(e.bytes().array(), UTF_8)).append('\n'));
    Files.writeString(folder.resolve("audit-000000001.jsonl"), lines);
    Verdict alone = Verifier.verifyUnsigned(LogFiles.folder(folder));
    assertThat(alone.findings()).isEmpty();
    assertThat(alone.notes()).anyMatch(n -> n.contains("nothing here is signed"));
    Map<String, byte[]> files = log(bytes(events));
    files.put("a.jsonl", lines.toString().getBytes(UTF_8));
    assertThat(verify(files).findings()).isEmpty();
    files.put("a.jsonl", lines.toString().replace("r3", "r4").getBytes(UTF_8));
    assertOnly(verify(files), Check.V2, "is not in the log");
  }

  @Test
  void aBundleCutInHalfIsNoBundle() throws IOException {
    SampleLog.write(folder.resolve("log"), 300);
    Path zip = folder.resolve("b.zip");
    try (var out = Files.newOutputStream(zip)) {
      Bundle.write(out, LogFiles.folder(folder.resolve("log")));
    }
    try (var bundle = Bundle.open(zip)) {
      assertThat(
              Verifier.verify(bundle, Verifier.Options.of(Logs.KEY.verifier()), _ -> {}).findings())
          .isEmpty();
    }
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Bundle.open(zip))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cut on its way");
  }
}
