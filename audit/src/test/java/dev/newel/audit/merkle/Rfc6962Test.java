package dev.newel.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The eight leaves, their roots and proofs that implementations of RFC 6962 have shared since
 * Google's certificate-transparency (merkle_tree_test.cc).
 */
class Rfc6962Test {
  private static final List<String> LEAVES =
      List.of(
          "",
          "00",
          "10",
          "2021",
          "3031",
          "40414243",
          "5051525354555657",
          "606162636465666768696a6b6c6d6e6f");
  private static final List<String> ROOTS =
      List.of(
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

  private static TreeBuffer tree(int size) {
    var tree = new TreeBuffer();
    LEAVES.subList(0, size).forEach(l -> tree.add(Hash.ofLeaf(HexFormat.of().parseHex(l))));
    return tree;
  }

  private static List<String> hex(List<Hash> path) {
    return path.stream().map(Hash::hex).toList();
  }

  @Test
  void theEmptyTreeHasTheHashOfNothing() {
    assertThat(tree(0).root(0).hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void rootsOfEverySizeAreThePublishedOnes() {
    for (int size = 1; size <= 8; size++) {
      var frontier = new Frontier();
      LEAVES.subList(0, size).forEach(l -> frontier.add(Hash.ofLeaf(HexFormat.of().parseHex(l))));
      assertThat(tree(8).root(size).hex()).isEqualTo(ROOTS.get(size - 1));
      assertThat(frontier.root().hex()).isEqualTo(ROOTS.get(size - 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, ''",
    "0, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
        + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "5, 8, bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
        + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
        + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "2, 3, fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "1, 5, 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
  })
  void inclusionProofsAreThePublishedOnes(int index, int size, String path) {
    assertThat(String.join(" ", hex(Proofs.inclusion(tree(8), index, size)))).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, ''",
    "1, 8, 96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"
        + " 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " 6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    "6, 8, 0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"
        + " ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"
        + " d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "2, 5, 5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"
        + " bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"
  })
  void consistencyProofsAreThePublishedOnes(int old, int size, String path) {
    assertThat(String.join(" ", hex(Proofs.consistency(tree(8), old, size)))).isEqualTo(path);
  }

  @Test
  void everyProofVerifiesAndNoneThatWasTamperedWith() {
    var random = new Random(6962);
    var tree = new TreeBuffer();
    for (int i = 0; i < 70; i++) {
      tree.add(Hash.ofLeaf(new byte[] {(byte) i}));
    }
    for (int size = 1; size <= 70; size++) {
      Hash root = tree.root(size);
      for (int i = 0; i < size; i++) {
        List<Hash> path = Proofs.inclusion(tree, i, size);
        assertThat(Proofs.isIncluded(tree.node(0, i), i, size, path, root)).isTrue();
        assertThat(Proofs.isIncluded(tree.node(0, (i + 1) % 70), i, size, path, root)).isFalse();
        assertThat(Proofs.isIncluded(tree.node(0, i), i + 1, size, path, root)).isFalse();
        int index = i;
        int of = size;
        tampered(path, random)
            .forEach(p ->
                assertThat(Proofs.isIncluded(tree.node(0, index), index, of, p, root)).isFalse());
      }
      for (int old = 1; old <= size; old++) {
        List<Hash> path = Proofs.consistency(tree, old, size);
        Hash before = tree.root(old);
        assertThat(Proofs.isConsistent(old, before, size, root, path)).isTrue();
        if (old < size) {
          assertThat(Proofs.isConsistent(old, root, size, root, path)).isFalse();
          int o = old;
          int s = size;
          tampered(path, random)
              .forEach(p -> assertThat(Proofs.isConsistent(o, before, s, root, p)).isFalse());
        }
      }
    }
  }

  private static Stream<List<Hash>> tampered(List<Hash> path, Random random) {
    if (path.isEmpty()) {
      return Stream.of(List.of(Hash.EMPTY));
    }
    var changed = path.toArray(new Hash[0]);
    changed[random.nextInt(changed.length)] = Hash.EMPTY;
    return Stream.of(
        Arrays.asList(changed),
        path.subList(1, path.size()),
        Stream.concat(path.stream(), Stream.of(Hash.EMPTY)).toList());
  }
}
