package dev.newel.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TilesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, tile/0/000",
    "0, 1234067, 256, tile/0/x001/x234/067",
    "1, 5, 17, tile/1/005.p/17",
    "-1, 1000, 1, tile/entries/x001/000.p/1"
  })
  void pathsAreThoseOfTheFormat(int level, long index, int width, String path) {
    var tile = new TilePath(level, index, width);
    assertThat(tile.path()).isEqualTo(path);
    assertThat(TilePath.parse(path)).isEqualTo(tile);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "tile",
        "tile/0/00",
        "tile/0/x000/001",
        "tile/0/001.p/256",
        "tile/0/001.p/0",
        "tile/0/001.p/01",
        "tile/00/001",
        "tile/entries/../001",
        "tile/0/1000",
        "other/0/001"
      })
  void otherPathsAreRefused(String path) {
    assertThatThrownBy(() -> TilePath.parse(path)).hasMessageContaining("not the path of a tile");
  }

  @Test
  void aTreeReadFromItsTilesIsTheSameTree() {
    var tree = new TreeBuffer();
    var tiles = new HashMap<TilePath, byte[]>();
    long before = 0;
    for (int size : new int[] {1, 255, 256, 257, 700, 65_536, 66_000}) {
      // Given
      while (tree.size() < size) {
        tree.add(Hash.ofLeaf(Long.toString(tree.size()).getBytes(UTF_8)));
      }
      for (TilePath tile : Tiles.since(before, size)) {
        if (tile.level() != TilePath.ENTRIES) {
          tiles.put(tile, Tiles.hashes(tree, tile));
        }
      }
      before = size;

      // When
      Nodes read = Tiles.nodes(size, tiles::get);

      // Then
      assertThat(read.root(size)).isEqualTo(tree.root(size));
      assertThat(Proofs.inclusion(read, size / 2, size))
          .isEqualTo(Proofs.inclusion(tree, size / 2, size));
      assertThat(new Frontier(read, size).root()).isEqualTo(tree.root(size));
    }
  }

  @Test
  void entriesAreFoundAgainAndATileThatIsCutIsRefused() {
    byte[] tile = EntryTile.join(List.of(new byte[0], new byte[300], new byte[] {7}));
    assertThat(EntryTile.split(tile, 3))
        .containsExactly(
            new EntryTile.Span(2, 0), new EntryTile.Span(4, 300), new EntryTile.Span(306, 1));
    assertThatThrownBy(() -> EntryTile.split(tile, 4)).hasMessageContaining("3 entries, not 4");
    for (int end : new int[] {1, 3, 200, 305}) {
      var cut = Arrays.copyOf(tile, end);
      assertThatThrownBy(() -> EntryTile.split(cut, 3))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> EntryTile.join(List.of(new byte[65_536])))
        .hasMessageContaining("65535");
  }
}
