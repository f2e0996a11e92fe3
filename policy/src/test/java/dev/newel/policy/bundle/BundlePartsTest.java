package dev.newel.policy.bundle;

import static dev.newel.policy.bundle.Bundles.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundlePartsTest {
  private static final int BODY = BundleParts.MAX_PART - 16;

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "921584,1", "921585,2", "1843168,2", "1843169,3", "3686336,4"})
  void aBundleOfAnySizeComesBackFromItsParts(int size, int parts) {
    // Given
    byte[] bundle = random(size);

    // When
    List<byte[]> split = BundleParts.split(bundle);

    // Then
    assertThat(split).hasSize(parts).allMatch(p -> p.length <= 900 * 1024);
    assertThat(BundleParts.join(files(split))).isEqualTo(bundle);
  }

  @Test
  void moreThanFourPartsAreRefused() {
    assertRefused(Refused.TOO_LARGE, () -> BundleParts.split(random(4 * BODY + 1)))
        .hasMessage("the bundle has 3686337 bytes; the most is 3686336");
  }

  @Test
  void theOrderInWhichFilesAreListedDoesNotMatter() {
    // Given
    byte[] bundle = random(2 * BODY + 5);
    var backwards = new TreeMap<String, byte[]>(java.util.Comparator.reverseOrder());
    backwards.putAll(files(BundleParts.split(bundle)));

    // Then
    assertThat(BundleParts.join(backwards)).isEqualTo(bundle);
  }

  @Test
  void partsUnderEachOthersNamesAreRefused() {
    // Given
    List<byte[]> parts = BundleParts.split(random(2 * BODY + 5));
    var shuffled = files(List.of(parts.get(1), parts.get(0), parts.get(2)));

    // Then
    assertRefused(Refused.INCOMPLETE, () -> BundleParts.join(shuffled));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void aMissingPartIsRefused(int missing) {
    // Given
    Map<String, byte[]> files = files(BundleParts.split(random(2 * BODY + 5)));

    // When
    files.remove(BundleParts.key(missing));

    // Then
    assertRefused(Refused.INCOMPLETE, () -> BundleParts.join(files));
  }

  @Test
  void noPartAtAllIsRefused() {
    assertRefused(Refused.INCOMPLETE, () -> BundleParts.join(Map.of("..data", new byte[] {1})))
        .hasMessage("no part of a bundle is there");
  }

  @Test
  void partsOfTwoBundlesAreRefused() {
    // Given
    List<byte[]> old = BundleParts.split(random(BODY + 5));
    byte[] bytes = random(BODY + 5);
    bytes[0]++;
    List<byte[]> fresh = BundleParts.split(bytes);

    // Then
    assertRefused(
        Refused.INCOMPLETE, () -> BundleParts.join(files(List.of(old.get(0), fresh.get(1)))));
    assertRefused(
        Refused.INCOMPLETE, () -> BundleParts.join(files(List.of(fresh.get(0), old.get(1)))));
  }

  @Test
  void aPartLeftOverFromALongerBundleIsPassedOver() {
    // Given
    byte[] bundle = random(5);
    Map<String, byte[]> files = files(BundleParts.split(random(BODY + 5)));

    // When
    files.putAll(files(BundleParts.split(bundle)));

    // Then
    assertThat(files).hasSize(2);
    assertThat(BundleParts.join(files)).isEqualTo(bundle);
  }

  @Test
  void everyChangedByteOfAPartIsRefused() {
    // Given
    byte[] part = BundleParts.split(random(100)).getFirst();

    for (int at = 0; at < part.length; at++) {
      byte[] changed = part.clone();
      changed[at] ^= 0x01;
      var reason = at < 4 ? Refused.MALFORMED : Refused.INCOMPLETE;
      assertRefused(reason, () -> BundleParts.join(files(List.of(changed))));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15, BundleParts.MAX_PART + 1})
  void aPartOfAnImpossibleSizeIsRefused(int size) {
    assertRefused(Refused.MALFORMED, () -> BundleParts.join(files(List.of(new byte[size]))));
  }

  private static Map<String, byte[]> files(List<byte[]> parts) {
    var files = new HashMap<String, byte[]>();
    for (int i = 0; i < parts.size(); i++) {
      files.put(BundleParts.key(i), parts.get(i));
    }
    return files;
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
