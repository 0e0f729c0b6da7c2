package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvtecLayoutTest {
  private final Path data;
  private final CategoryFolder bolt;

  MvtecLayoutTest(@TempDir Path data) {
    this.data = data;
    this.bolt =
        new CategoryFolder(data.resolve("bolt"))
            .with("train/good/001.png", "train/good/000.png", "train/good/010.JPG")
            .with("test/good/000.png", "test/bent/000.png", "test/bent/001.tif")
            .with("ground_truth/bent/000_mask.png", "ground_truth/bent/001.png");
  }

  @Test
  void aCategoryIsListedInOrderWithItsMasks() {
    var category = new MvtecLayout(data).open("bolt");

    assertEquals("bolt", category.name());
    assertEquals(
        List.of("train/good/000.png", "train/good/001.png", "train/good/010.JPG"),
        category.train().stream().map(Sample::name).toList());
    assertEquals(
        List.of("test/bent/000.png", "test/bent/001.tif", "test/good/000.png"),
        category.test().stream().map(Sample::name).toList());

    Sample bent = category.test().get(0);
    assertTrue(bent.defective());
    assertEquals("bent", bent.defect());
    Path masks = data.resolve("bolt/ground_truth/bent");
    assertEquals(List.of(masks.resolve("000_mask.png")), bent.masks());
    assertEquals(List.of(masks.resolve("001.png")), category.test().get(1).masks());

    Sample good = category.test().get(2);
    assertFalse(good.defective());
    assertEquals(List.of(), good.masks());
  }

  @Test
  void theDataFolderMayBeTheCategoryItself() {
    assertSays(data, DatasetLayout.ITSELF, "is not a category itself; there are: bolt");
    var category = new MvtecLayout(data.resolve("bolt")).open(DatasetLayout.ITSELF);
    assertEquals("bolt", category.name());
    assertEquals("train/good/000.png", category.train().get(0).name());
  }

  @Test
  void whatLiesAboutIsPassedOver() {
    var before = new MvtecLayout(data).open("bolt");
    bolt.with(".DS_Store", "train/good/Thumbs.db", "train/good/.hidden.png", "test/bent/.x")
        .with("license.txt", "train/good/README", "test/LICENSE", "test/.git/config")
        .with("ground_truth/readme.md", "ground_truth/bent/Thumbs.db");
    assertEquals(before, new MvtecLayout(data).open("bolt"));
  }

  @Test
  void aKindMayComeWithoutMasks() {
    bolt.with("test/scratched/000.png");
    var scratched =
        new MvtecLayout(data)
            .open("bolt").test().stream()
                .filter(sample -> sample.defect().equals("scratched"))
                .toList();
    assertEquals(1, scratched.size());
    assertTrue(scratched.get(0).defective());
    assertEquals(List.of(), scratched.get(0).masks());
  }

  @Test
  void aMaskMayComeInPartsAndNormalImagesBeHeldOut() {
    bolt.with("test/logical/000.png", "test/logical/001.png", "validation/good/000.png")
        .with("ground_truth/logical/000/000.png", "ground_truth/logical/000/001.png")
        .with("ground_truth/logical/001/000.png");
    var category = new MvtecLayout(data).open("bolt");
    Path masks = data.resolve("bolt/ground_truth/logical");
    assertEquals(
        List.of(
            List.of(masks.resolve("000/000.png"), masks.resolve("000/001.png")),
            List.of(masks.resolve("001/000.png"))),
        category.test().stream()
            .filter(sample -> sample.defect().equals("logical"))
            .map(Sample::masks)
            .toList());
    assertEquals(
        List.of("validation/good/000.png"),
        category.validation().stream().map(Sample::name).toList());
    assertEquals(3 + 1 + 5 + 2 + 3, DatasetFingerprint.of(category).files());
  }

  @Test
  void partsOfMasksMustPairUpToo() throws Exception {
    bolt.with("test/logical/000.png", "ground_truth/logical/000/000.png");
    Path extra = data.resolve("bolt/ground_truth/logical/002/000.png");
    Files.createDirectories(extra.getParent());
    Files.createFile(extra);
    assertSays(data, "bolt", "the mask " + extra.getParent() + " has no image");
    Files.delete(extra);
    bolt.with("ground_truth/logical/000_mask.png");
    assertSays(data, "bolt", "has two masks");
    Files.delete(data.resolve("bolt/ground_truth/logical/000_mask.png"));
    bolt.with("ground_truth/logical/000/deep/0.png");
    assertSays(data, "bolt", "are nested too deeply");
    Files.delete(data.resolve("bolt/ground_truth/logical/000/deep/0.png"));
    bolt.with("ground_truth/torn/000/000.png");
    assertSays(data, "bolt", "no folder of that kind");
  }

  @Test
  void normalImagesOfAnotherNameAreNotTakenForDefects() {
    bolt.with("test/OK/000.png");
    assertSays(data, "bolt", "rename " + data.resolve("bolt/test/OK") + " to good");
    new CategoryFolder(data.resolve("nut")).with("train/normal/a.png", "test/NG/b.png");
    assertSays(data, "nut", "no training images", "rename " + data.resolve("nut/train/normal"));
  }

  @Test
  void imagesThatLieTooDeepAreNotLeftOutSilently() {
    bolt.with("train/good/more/x/000.png");
    assertSays(data, "bolt", "are nested too deeply");
  }

  @Test
  void aCategoryWithoutTestImagesCanBeTrainedOn() {
    new CategoryFolder(data.resolve("nut")).with("train/good/a.bmp");
    assertEquals(List.of(), new MvtecLayout(data).open("nut").test());
  }

  @Test
  void categoriesAreTheFoldersWithTrainingImages() {
    new CategoryFolder(data.resolve("nut")).with("train/good/a.bmp");
    new CategoryFolder(data.resolve("notes")).with("a.txt");
    assertEquals(List.of("bolt", "nut"), new MvtecLayout(data).categories());
  }

  @Test
  void aMissingCategorySaysWhichThereAre() {
    new CategoryFolder(data.resolve("nut")).with("train/good/a.bmp");
    assertSays(data, "bottle", "there are: bolt, nut");
    assertSays(data.resolve("bolt"), "bolt", "is a category itself");
    assertSays(data.resolve("bolt/test"), "bolt", "no folder in it has");
    assertSays(data.resolve("nowhere"), "bolt", "there is no data folder");
  }

  @Test
  void aCategoryNeedsTrainingImages() {
    new CategoryFolder(data.resolve("nut")).with("test/good/a.png");
    assertSays(data, "nut", "no training images in " + data.resolve("nut/train/good"));
    new CategoryFolder(data.resolve("nut")).with("train/good/readme.txt");
    assertSays(data, "nut", "no training images");
  }

  @Test
  void masksAndImagesMustPairUp() throws Exception {
    Path extra = data.resolve("bolt/ground_truth/bent/002_mask.png");
    Files.createFile(extra);
    assertSays(data, "bolt", "the mask " + extra + " has no image");
    Files.delete(extra);

    Path image = data.resolve("bolt/test/bent/003.png");
    Files.createFile(image);
    assertSays(data, "bolt", "the image " + image + " has no mask");
    Files.delete(image);

    Path second = data.resolve("bolt/ground_truth/bent/000.bmp");
    Files.createFile(second);
    assertSays(data, "bolt", "has two masks");
    Files.delete(second);

    Path twin = data.resolve("bolt/test/bent/000.jpg");
    Files.createFile(twin);
    assertSays(data, "bolt", "have the same name");
    Files.delete(twin);

    Path between = data.resolve("bolt/test/bent/000_mask.png");
    Files.createFile(between);
    assertSays(data, "bolt", "may belong to");
    Files.delete(between);

    bolt.with("ground_truth/torn/000_mask.png");
    assertSays(data, "bolt", "no folder of that kind");
  }

  @Test
  void filesOfUnknownTypesAreNotLeftOutSilently() {
    bolt.with("train/good/new.heic");
    assertSays(data, "bolt", "new.heic is not a PNG");
  }

  @Test
  void imagesOutsideTheKindsAreNotLeftOutSilently() {
    bolt.with("test/000.png");
    assertSays(data, "bolt", "is in no kind's folder");
  }

  private static void assertSays(Path data, String category, String... what) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> new MvtecLayout(data).open(category))
                .getMessage());
    for (String part : what) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("\n"), message);
  }
}
