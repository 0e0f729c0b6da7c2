package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every layout promises, on a small copy of each. */
class LayoutContractTest {
  private static final int DEFECTS = 2;
  private static final int TRAIN = 3;

  /** The name is a trap: what the layout is, the content says. */
  private final Path data;

  LayoutContractTest(@TempDir Path folder) {
    this.data = folder.resolve("visa_mvtec3d");
  }

  @ParameterizedTest
  @EnumSource
  void theContentTellsTheLayout(LayoutCopy copy) {
    var layout = copy.write(data, 1);
    assertTrue(layout.recognised());
    assertEquals(layout, LayoutChoice.AUTO.at(data));
    for (var other : LayoutChoice.values()) {
      boolean own = other == copy.choice || other == LayoutChoice.AUTO;
      assertEquals(own, other.at(data).recognised(), () -> copy + " taken for " + other);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyCategoryIsThereAndWhole(LayoutCopy copy) {
    var layout = copy.write(data, 1);
    assertEquals(List.of("bolt", "nut"), layout.categories());
    for (String name : layout.categories()) {
      var category = layout.open(name);
      assertEquals(name, category.name());
      assertEquals(TRAIN, category.train().size());
      assertEquals(copy.validationImages, category.validation().size());
      assertEquals(copy.normalTestImages + DEFECTS, category.test().size());
      assertEquals(DEFECTS, category.test().stream().filter(Sample::defective).count());
      assertTrue(category.train().stream().noneMatch(Sample::defective));
      assertTrue(category.validation().stream().noneMatch(Sample::defective));

      var numbers = new HashSet<Integer>();
      all(category).forEach(sample -> numbers.add(PaintedFiles.numberOfImage(sample.image())));
      assertEquals(all(category).count(), numbers.size(), "an image is listed twice");
      all(category)
          .forEach(
              sample ->
                  assertEquals(sample.image(), category.root().resolve(sample.name()).normalize()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyDefectHasItsOwnMaskAndNothingElseHasOne(LayoutCopy copy) {
    var category = copy.write(data, 1).open("bolt");
    all(category)
        .forEach(
            sample -> {
              assertEquals(sample.defective(), sample.hasMask(), sample.name());
              sample
                  .masks()
                  .forEach(
                      mask ->
                          assertEquals(
                              PaintedFiles.numberOfImage(sample.image()),
                              PaintedFiles.numberOfMask(mask),
                              sample.name()));
            });
  }

  @ParameterizedTest
  @EnumSource
  void theOrderIsThatOfTheNamesHoweverItWasWritten(LayoutCopy copy) {
    var first = names(copy.write(data.resolve("1"), 1).open("nut"));
    for (int seed = 2; seed < 5; seed++) {
      var layout = copy.write(data.resolve(Integer.toString(seed)), seed);
      assertEquals(first, names(layout.open("nut")));
    }
    for (List<String> part : first) {
      assertEquals(part.stream().sorted().toList(), part);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aMissingMaskIsNamed(LayoutCopy copy) throws IOException {
    var layout = copy.write(data, 1);
    var defect = defect(layout);
    Files.delete(defect.masks().get(0));
    assertSays(layout, "bolt", "mask", "a_1");
  }

  @ParameterizedTest
  @EnumSource
  void aMaskWhoseImageIsMissingIsNamed(LayoutCopy copy) throws IOException {
    var layout = copy.write(data, 1);
    Files.delete(defect(layout).image());
    assertSays(layout, "bolt", "image", "a_1");
  }

  @ParameterizedTest
  @EnumSource
  void aCategoryWithoutTrainingImagesIsNamed(LayoutCopy copy) throws IOException {
    var layout = copy.write(data, 1);
    for (var sample : layout.open("bolt").train()) {
      Files.delete(sample.image());
    }
    String folder =
        layout.open("nut").train().get(0).image().resolveSibling(".").normalize().toString();
    assertSays(layout, "bolt", folder.replace("nut", "bolt"));
    assertEquals(TRAIN, layout.open("nut").train().size(), "the other category still opens");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingCategorySaysWhichThereAre(LayoutCopy copy) {
    var layout = copy.write(data, 1);
    assertSays(layout, "washer", "washer", "there are: bolt, nut");
    assertSays(layout, DatasetLayout.ITSELF, "there are: bolt, nut");
  }

  @ParameterizedTest
  @EnumSource
  void aMissingDataFolderIsNamed(LayoutCopy copy) {
    assertFalse(copy.choice.at(data).recognised());
    assertSays(copy.choice.at(data), "bolt", "no data folder " + data);
  }

  @ParameterizedTest
  @EnumSource
  void aFolderOfAnotherLayoutSaysWhatIsMissing(LayoutCopy copy) {
    new CategoryFolder(data).with("notes/readme.txt");
    assertEquals(List.of(), copy.choice.at(data).categories());
    assertSays(copy.choice.at(data), "bolt", data.toString());
  }

  @ParameterizedTest
  @EnumSource
  void theFingerprintCoversEveryFile(LayoutCopy copy) throws IOException {
    var layout = copy.write(data, 1);
    var category = layout.open("bolt");
    var before = DatasetFingerprint.of(category);
    assertEquals(all(category).count() + DEFECTS, before.files());
    for (var sample : all(category).toList()) {
      byte[] bytes = Files.readAllBytes(sample.image());
      Files.write(sample.image(), new byte[] {1});
      assertFalse(before.equals(DatasetFingerprint.of(category)), sample.name());
      Files.write(sample.image(), bytes);
    }
    assertEquals(before, DatasetFingerprint.of(layout.open("bolt")));
  }

  private static Sample defect(DatasetLayout layout) {
    return layout.open("bolt").test().stream()
        .filter(sample -> sample.name().contains("a_1"))
        .findFirst()
        .orElseThrow();
  }

  private static Stream<Sample> all(Category category) {
    return Stream.of(category.train(), category.validation(), category.test())
        .flatMap(List::stream);
  }

  private static List<List<String>> names(Category category) {
    return Stream.of(category.train(), category.validation(), category.test())
        .map(part -> part.stream().map(Sample::name).toList())
        .toList();
  }

  static void assertSays(DatasetLayout layout, String category, String... what) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> layout.open(category)).getMessage());
    for (String part : what) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("\n"), message);
  }
}
