package dev.newel.audit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.log.Logs;
import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every single byte of a bundle of 2,000 events: changed, it is noticed. */
class EveryByteTest {
  private static final int SIZE = 2000;

  @TempDir Path folder;

  private Map<String, byte[]> files() throws IOException {
    SampleLog.write(folder, SIZE);
    Files.writeString(folder.resolve("log.vkey"), Logs.KEY.verifier().text() + "\n");
    var files = new TreeMap<String, byte[]>();
    LogFiles all = LogFiles.folder(folder);
    var paths = new ArrayList<>(List.of("checkpoint", "log.vkey"));
    Tiles.since(0, SIZE).forEach(t -> paths.add(t.path()));
    for (String path : paths) {
      files.put(path, all.read(path).orElseThrow());
    }
    return files;
  }

  private static LogFiles of(Map<String, byte[]> files) {
    return new LogFiles() {
      @Override
      public List<String> paths() {
        return List.copyOf(files.keySet());
      }

      @Override
      public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path));
      }
    };
  }

  private static Verdict verify(Map<String, byte[]> files) throws IOException {
    return Verifier.verify(of(files), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
  }

  @Test
  void ofAFolder() throws IOException {
    // Given
    Map<String, byte[]> files = files();
    Verdict good = verify(files);
    assertThat(good.findings()).isEmpty();
    assertThat(good.events()).isEqualTo(SIZE);
    var findings = new ArrayList<Finding>();
    var check = new TreeCheck(of(files), SIZE, findings);
    check.leaves((_, _) -> {}, _ -> {});
    assertThat(findings).isEmpty();
    var unnoticed = new ArrayList<String>();
    long flipped = 0;
    for (var file : files.entrySet()) {
      byte[] bytes = file.getValue();
      for (int at = 0; at < bytes.length; at++) {
        // When
        bytes[at] ^= (byte) (1 << (at % 8));
        boolean noticed = isNoticed(files, check, findings, file.getKey(), at);
        bytes[at] ^= (byte) (1 << (at % 8));
        // Then
        flipped++;
        if (!noticed) {
          unnoticed.add(file.getKey() + " byte " + at);
        }
      }
    }
    assertThat(flipped).isGreaterThan(800_000);
    assertThat(unnoticed).isEmpty();
  }

  /**
   * What the verifier says of one changed byte. In tiles of entries and of leaf hashes only the
   * leaf that the byte belongs to is compared again, by the verifier's own check: the others are as
   * they were.
   */
  private static boolean isNoticed(
      Map<String, byte[]> files, TreeCheck check, List<Finding> findings, String path, int at)
      throws IOException {
    if (!path.startsWith("tile/")) {
      return !verify(files).sound();
    }
    findings.clear();
    TilePath tile = TilePath.parse(path);
    if (tile.level() > 0) {
      check.compare(tile, files.get(path));
      return !findings.isEmpty();
    }
    byte[] entries = files.get(new TilePath(TilePath.ENTRIES, tile.index(), tile.width()).path());
    byte[] hashes = files.get(new TilePath(0, tile.index(), tile.width()).path());
    List<EntryTile.Span> spans;
    try {
      spans = EntryTile.split(entries, tile.width());
    } catch (IllegalArgumentException e) {
      return true; // as TreeCheck says
    }
    int i = 0;
    if (tile.level() == 0) {
      i = at / Hash.SIZE;
    } else {
      while (at >= spans.get(i).offset() + spans.get(i).length()) {
        i++;
      }
    }
    Hash _ =
        check.leaf(
            tile.index() * TilePath.WIDTH + i, entries, spans.get(i), Optional.of(hashes), i);
    return !findings.isEmpty();
  }

  @Test
  void asTheWholeVerifierSaysOfSomeOfThem() throws IOException {
    Map<String, byte[]> files = files();
    var random = new Random(2000);
    List<String> entries = files.keySet().stream().filter(p -> p.contains("entries")).toList();
    for (int i = 0; i < 20; i++) {
      String path = entries.get(random.nextInt(entries.size()));
      byte[] bytes = files.get(path);
      int at = random.nextInt(bytes.length);
      bytes[at] ^= 1;
      assertThat(verify(files).findings())
          .as(path + " byte " + at)
          .anyMatch(f -> f.check() == Check.V2);
      bytes[at] ^= 1;
    }
  }

  @Test
  void ofAZip() throws IOException {
    // Given a small one: every byte is compared with what the bundle must be
    SampleLog.write(folder.resolve("log"), 4);
    var packed = new ByteArrayOutputStream();
    Bundle.write(packed, LogFiles.folder(folder.resolve("log")));
    byte[] zip = packed.toByteArray();
    Path file = folder.resolve("bundle.zip");
    for (int at = 0; at < zip.length; at++) {
      byte[] changed = zip.clone();
      changed[at] ^= (byte) (1 << (at % 8));
      Files.write(file, changed);
      // When, then
      assertThat(noticed(file)).as("byte %d of %d", at, zip.length).isTrue();
    }
    Files.write(file, zip);
    assertThat(noticed(file)).isFalse();
  }

  private static boolean noticed(Path file) {
    try (var bundle = Bundle.open(file)) {
      return bundle.packing().isPresent();
    } catch (IOException e) {
      return true;
    }
  }
}
