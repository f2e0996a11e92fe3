package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.EventType;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.log.LogStorage.DamagedException;
import dev.newel.audit.merkle.Checkpoint;
import dev.newel.audit.merkle.Frontier;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.SignedNote;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransparencyLogTest {
  @TempDir Path folder;

  private final List<StoredEvent> leaves = new ArrayList<>();

  private long fill(int count) throws IOException {
    try (var log = Logs.open(folder)) {
      leaves.addAll(new Logs.Chain("a", log.sequencer().producers().size()).next(count));
      return log.append(leaves, false).getLast();
    }
  }

  @Test
  void whatIsSignedIsWhatWasAppended() throws IOException {
    // When
    try (var log = Logs.open(folder)) {
      var a = new Logs.Chain("a");
      assertThat(log.append(a.next(600), false))
          .isEqualTo(LongStream.rangeClosed(1, 600).boxed().toList());
    }

    // Then
    String note = Files.readString(folder.resolve("checkpoint"));
    Checkpoint signed = Checkpoint.parse(SignedNote.open(note, Logs.KEY.verifier()));
    assertThat(signed.size()).isEqualTo(602); // and the log's own opened and closed
    var root = new Frontier();
    try (var storage = EmbeddedStorage.open(folder)) {
      storage.replay(leaf -> root.add(Hash.ofLeaf(leaf)));
      assertThat(root.root()).isEqualTo(signed.root());
      for (TilePath tile : Tiles.since(0, 602)) {
        assertThat(storage.file(tile.path())).as(tile.path()).isPresent();
      }
    }
  }

  @Test
  void whatComesAgainKeepsItsFirstIndex() throws IOException, InterruptedException {
    var a = new Logs.Chain("a");
    var b = new Logs.Chain("b");
    List<StoredEvent> first = a.next(3);
    List<StoredEvent> others = b.next(2);
    List<StoredEvent> second = a.next(4);
    List<StoredEvent> all = new ArrayList<>(first);
    all.addAll(second);
    try (var log = Logs.open(folder)) {
      log.append(first, false);
      log.append(others, false);
      log.append(second, false);
      long size = log.size();
      // When, while some wait for a signature
      assertThat(log.append(all, false)).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L);
      Logs.awaitSigned(log);
      // and when none does
      assertThat(log.append(all, false)).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L);
      assertThat(log.size()).isEqualTo(size);
    }
    // and after a restart
    try (var log = Logs.open(folder)) {
      assertThat(log.append(all, false)).containsExactly(1L, 2L, 3L, 6L, 7L, 8L, 9L);
      assertThat(log.sequencer().duplicates()).isEqualTo(7);
    }
  }

  @Test
  void otherContentUnderAPlaceThatIsTakenIsRefused() throws IOException {
    try (var log = Logs.open(folder)) {
      var a = new Logs.Chain("a");
      log.append(a.next(3), false);
      var forged = new Logs.Chain("a");
      forged.opened();
      forged.at(Logs.NOW.plusSeconds(1));
      assertThatThrownBy(() -> log.append(List.of(forged.next()), false))
          .isInstanceOfSatisfying(
              RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.REPLAYED));
    }
  }

  @Test
  void aHoleIsRefusedUntilItIsDeclaredAndThenSaid() throws IOException {
    try (var log = Logs.open(folder)) {
      var a = new Logs.Chain("a");
      log.append(a.next(2), false);
      a.skip();
      a.skip();
      StoredEvent late = a.next();
      assertThatThrownBy(() -> log.append(List.of(late), false))
          .isInstanceOfSatisfying(
              RefusedException.class,
              e -> {
                assertThat(e.refusal()).isEqualTo(Refusal.OUT_OF_ORDER);
                assertThat(e.expected()).isEqualTo(3);
              });
      assertThat(log.append(List.of(late), true)).containsExactly(4L);
      StoredEvent gap = StoredEvent.read(log.leaf(3));
      assertThat(gap.type()).isEqualTo(EventType.LOG_GAP);
      assertThat(gap.entry().data()).containsEntry("missing", 2).containsEntry("producer", "a");
      assertThat(log.sequencer().gaps()).isEqualTo(2);
    }
  }

  @Test
  void aBrokenChainAndAnOldEpochAreRefusedAndNothingOfTheCallCounts() throws IOException {
    try (var log = Logs.open(folder)) {
      log.append(new Logs.Chain("a", 2).next(2), false);
      long size = log.size();
      var other = new Logs.Chain("a", 2);
      other.at(Logs.NOW.minusSeconds(1)).next(2);
      assertThatThrownBy(() -> log.append(List.of(other.next()), false))
          .hasMessageContaining("prevhash");
      assertThatThrownBy(() -> log.append(new Logs.Chain("a", 1).next(1), false))
          .hasMessageContaining("epoch 2 already");
      // A good event beside a bad one
      var b = new Logs.Chain("b");
      List<StoredEvent> mixed = new ArrayList<>(b.next(2));
      b.skip();
      mixed.add(b.next());
      assertThatThrownBy(() -> log.append(mixed, false)).hasMessageContaining("seq 3 comes next");
      assertThat(log.size()).isEqualTo(size);
    }
  }

  @Test
  void aTornAppendIsCutAndSaid() throws IOException {
    fill(5);
    Path segment = segment();
    Files.write(
        segment, new byte[] {'N', 'W', 'L', '1', 0, 0}, java.nio.file.StandardOpenOption.APPEND);
    try (var log = Logs.open(folder)) {
      assertThat(log.size()).isEqualTo(9);
      StoredEvent recovered = StoredEvent.read(log.leaf(8));
      assertThat(recovered.type()).isEqualTo(EventType.LOG_RECOVERED);
      assertThat(recovered.entry().data()).containsEntry("bytesCut", 6);
    }
  }

  @Test
  void anAlteredByteAnywhereBelowTheSignedSizeStopsTheLog() throws IOException {
    fill(40);
    Path segment = segment();
    byte[] good = Files.readAllBytes(segment);
    for (int at = 0; at < good.length; at += 97) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(segment, bad);
      assertThatThrownBy(() -> Logs.open(folder))
          .as("byte %d", at)
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("When the log stops");
      assertThat(Files.readAllBytes(segment)).as("nothing is repaired").hasSameSizeAs(bad);
    }
  }

  @Test
  void aSignedEndThatIsMissingStopsTheLog() throws IOException {
    fill(40);
    byte[] good = Files.readAllBytes(segment());
    Files.write(segment(), java.util.Arrays.copyOf(good, good.length - 100));
    assertThatThrownBy(() -> Logs.open(folder))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("the end is missing");
  }

  @Test
  void anotherKeyStopsTheLog() throws IOException {
    fill(1);
    SignerKey other = SignerKey.generate("newel.test/log", new SecureRandom());
    try (var storage = EmbeddedStorage.open(folder)) {
      assertThatThrownBy(() -> TransparencyLog.open(storage, other, Logs.CLOCK, Logs.QUICK))
          .isInstanceOf(DamagedException.class)
          .hasMessageContaining("give the log the key it was begun with");
    }
  }

  @Test
  void tilesAreMadeAnewFromTheSegments() throws IOException {
    fill(600);
    byte[] full = Files.readAllBytes(folder.resolve("tile/0/000"));
    Files.delete(folder.resolve("tile/0/001"));
    Files.write(folder.resolve("tile/0/000"), new byte[] {1});
    Files.write(folder.resolve("tile/entries/001"), "nonsense".getBytes(UTF_8));
    Logs.open(folder).close();
    assertThat(folder.resolve("tile/0/000")).hasBinaryContent(full);
    assertThat(folder.resolve("tile/0/001")).hasSize(8192);
    assertThat(Files.size(folder.resolve("tile/entries/001"))).isGreaterThan(10_000);
  }

  @Test
  void whatACrashLeftOfADerivedFileIsRemoved() throws IOException {
    fill(3);
    Files.write(folder.resolve("new.66"), new byte[] {1, 2, 3});
    Logs.open(folder).close();
    assertThat(folder.resolve("new.66")).doesNotExist();
  }

  @Test
  void aSecondWriterIsRefused() throws IOException {
    try (var log = Logs.open(folder)) {
      assertThat(log.size()).isEqualTo(1);
      assertThatThrownBy(() -> EmbeddedStorage.open(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("one writer");
    }
  }

  @Test
  void intentsAreOpenUntilTheirOutcome() throws IOException {
    var a = new Logs.Chain("a");
    StoredEvent opened = a.opened();
    StoredEvent intent = a.next(Drafts.intent("x"));
    StoredEvent outcome = a.next(Drafts.outcome(intent));
    try (var log = Logs.open(folder)) {
      log.append(List.of(opened, intent), false);
      assertThat(log.sequencer().openIntents()).containsExactly(intent.bytes().array());
      log.append(List.of(outcome), false);
      assertThat(log.sequencer().openIntents()).isEmpty();
    }
  }

  private Path segment() throws IOException {
    try (var files = Files.list(folder.resolve("segments"))) {
      return files.findFirst().orElseThrow();
    }
  }
}
