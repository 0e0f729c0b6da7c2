package org.aand.demo.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.MaskFile;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.io.dataset.MvtecLayout;
import org.aand.io.dataset.Sample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductDatasetTest {
  private static final ProductSettings SMALL =
      ProductSettings.defaults().withSize(64).withCounts(3, 2, 2).withSeed(11);

  private final Path folder;

  ProductDatasetTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void theDataSetHasTheUsualLayout() throws Exception {
    var category = ProductDataset.write(folder, SMALL);

    assertEquals(new MvtecLayout(folder).open("gear"), category);
    assertEquals(List.of("gear"), new MvtecLayout(folder).categories());
    assertEquals(
        List.of("train/good/000.png", "train/good/001.png", "train/good/002.png"),
        category.train().stream().map(Sample::name).toList());
    var kinds =
        category.test().stream()
            .collect(Collectors.groupingBy(Sample::defect, Collectors.counting()));
    assertEquals(DefectKind.values().length + 1, kinds.size());
    assertEquals(2, kinds.get(Sample.GOOD));
    for (DefectKind kind : DefectKind.values()) {
      assertEquals(2, kinds.get(kind.folderName()), kind.folderName());
    }
    assertTrue(Files.isRegularFile(folder.resolve("gear/ground_truth/missing_hole/001_mask.png")));

    for (Sample sample : category.test()) {
      var image = ImageFile.read(sample.image());
      assertEquals(64, image.width());
      assertEquals(64, image.height());
      assertEquals(sample.defective(), sample.hasMask());
      if (sample.defective()) {
        var mask = MaskFile.read(sample.masks());
        assertEquals(64, mask.width());
        assertEquals(64, mask.height());
        boolean marked = false;
        for (byte value : mask.pixels()) {
          marked |= value != 0;
        }
        assertTrue(marked, sample.name());
      }
    }
    try (var entries = Files.list(folder)) {
      assertEquals(1, entries.count());
    }
  }

  @Test
  void theSeedDecidesEveryByte() {
    var first = ProductDataset.write(folder.resolve("first"), SMALL);
    var again = ProductDataset.write(folder.resolve("again"), SMALL);
    var other = ProductDataset.write(folder.resolve("other"), SMALL.withSeed(12));
    assertEquals(DatasetFingerprint.of(first), DatasetFingerprint.of(again));
    assertNotEquals(DatasetFingerprint.of(first), DatasetFingerprint.of(other));
  }

  @Test
  void moreImagesLeaveTheOthersAsTheyWere() throws Exception {
    var few = ProductDataset.write(folder.resolve("few"), SMALL.withCounts(1, 1, 1));
    var more = ProductDataset.write(folder.resolve("more"), SMALL);
    for (Sample sample : few.test()) {
      byte[] alone = Files.readAllBytes(sample.image());
      assertTrue(
          Arrays.equals(alone, Files.readAllBytes(more.root().resolve(sample.name()))),
          sample.name());
    }
    assertFalse(
        Arrays.equals(
            Files.readAllBytes(more.root().resolve("train/good/000.png")),
            Files.readAllBytes(more.root().resolve("test/good/000.png"))));
  }

  @Test
  void anEarlierDataSetOfTheSameSettingsIsUsedAgain() throws Exception {
    var first = ProductDataset.write(folder, SMALL.withCounts(1, 1, 1));
    Path image = first.train().get(0).image();
    var time = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(image, time);
    assertEquals(first, ProductDataset.write(folder, SMALL.withCounts(1, 1, 1)));
    assertEquals(time, Files.getLastModifiedTime(image));
  }

  @Test
  void anEmptyFolderIsFilled() throws Exception {
    Files.createDirectory(folder.resolve("gear"));
    assertEquals(1, ProductDataset.write(folder, SMALL.withCounts(1, 1, 1)).train().size());
  }

  @Test
  void nothingElseIsOverwritten() throws Exception {
    var settings = SMALL.withCounts(1, 1, 1);
    Path stranger = Files.createDirectory(folder.resolve("gear")).resolve("notes.txt");
    Files.writeString(stranger, "mine");
    assertSays(folder, settings, "holds something else");
    assertEquals("mine", Files.readString(stranger));

    Path other = folder.resolve("other");
    var category = ProductDataset.write(other, settings);
    assertSays(other, settings.withSeed(99), "other settings");

    Path mask = category.root().resolve("ground_truth/dent/000_mask.png");
    Files.copy(category.root().resolve("ground_truth/stain/000_mask.png"), folder.resolve("kept"));
    Files.delete(mask);
    Files.copy(folder.resolve("kept"), mask);
    assertSays(other, settings, "was changed");

    Path file = Files.createFile(folder.resolve("file"));
    assertSays(file, settings, "cannot write the data set");
    Files.createFile(Files.createDirectory(folder.resolve("third")).resolve("gear"));
    assertSays(folder.resolve("third"), settings, "is a file");
  }

  @Test
  void anInterruptedDrawingLeavesNothingThatLooksComplete() throws Exception {
    var settings = SMALL.withCounts(1, 1, 1);
    var category = ProductDataset.write(folder, settings);
    Files.delete(category.root().resolve("test/dent/000.png"));
    assertThrows(InputException.class, () -> ProductDataset.write(folder, settings));
    Files.delete(category.root().resolve("ground_truth/dent/000_mask.png"));
    assertSays(folder, settings, "was changed");
  }

  @Test
  void anyFewImagesCoverEasyAndHard() {
    for (int start = 0; start < 40; start++) {
      double least = 1;
      double most = 0;
      for (int number = start; number < start + 5; number++) {
        double severity = ProductDataset.severity(number);
        assertTrue(severity >= 0 && severity < 1);
        least = Math.min(least, severity);
        most = Math.max(most, severity);
      }
      assertTrue(least < 0.25 && most > 0.75, start + ": " + least + " to " + most);
    }
  }

  @Test
  void settingsAreChecked() {
    var defaults = ProductSettings.defaults();
    assertRefused(() -> defaults.withSize(63), "the image size is 63; it must be 64 to 512");
    assertRefused(() -> defaults.withSize(513), "the image size is 513");
    assertRefused(() -> defaults.withCounts(0, 1, 1), "training images is 0");
    assertRefused(() -> defaults.withCounts(1, 1001, 1), "normal test images is 1001");
    assertRefused(() -> defaults.withCounts(1, 1, 0), "per defect is 0");
    for (String name : List.of("", "..", "a/b", ".gear", "two words")) {
      assertRefused(() -> new ProductSettings(name, 64, 1, 1, 1, 0), "is no folder name");
    }
  }

  private static void assertRefused(Runnable settings, String what) {
    String message = String.valueOf(assertThrows(InputException.class, settings::run).getMessage());
    assertTrue(message.contains(what), message);
  }

  private static void assertSays(Path folder, ProductSettings settings, String what) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> ProductDataset.write(folder, settings))
                .getMessage());
    assertTrue(message.contains(what), message);
    assertFalse(message.contains("\n"), message);
  }
}
