package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.image.GrayImage;
import org.aand.common.image.PngFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Folders as people have them. */
class FolderLayoutTest {
  private final Path data;
  private final CategoryFolder parts;

  FolderLayoutTest(@TempDir Path folder) {
    this.data = folder.resolve("parts");
    this.parts = new CategoryFolder(data);
  }

  @Test
  void aFolderOfGoodImagesIsACategory() {
    parts.with("b.png", "a.JPG", "readme.txt");
    var category = open();
    assertEquals("parts", category.name());
    assertEquals(List.of("a.JPG", "b.png"), category.train().stream().map(Sample::name).toList());
    assertEquals(List.of(), category.test());
    assertEquals(List.of(DatasetLayout.ITSELF), LayoutChoice.AUTO.at(data).categories());
  }

  @Test
  void theGoodOnesMayLieInAFolderOfTheirOwn() {
    parts.with("good/a.png");
    assertEquals(List.of("good/a.png"), open().train().stream().map(Sample::name).toList());
    assertEquals(List.of(), open().test());
  }

  @Test
  void theOtherFoldersAreKindsOfDefects() {
    parts.with("good/a.png", "bad/a.png", "torn/b.png", "notes/readme.txt", "list.csv");
    assertEquals(List.of("bad", "torn"), open().test().stream().map(Sample::defect).toList());
    assertTrue(open().test().stream().allMatch(s -> s.defective() && !s.hasMask()));
  }

  @Test
  void masksMayLieByKindOrTogether() {
    parts.with("good/a.png", "bad/a.png", "torn/b.png", "ground_truth/bad/a_mask.png");
    assertEquals(List.of(true, false), open().test().stream().map(s -> s.hasMask()).toList());

    data.resolve("ground_truth/bad/a_mask.png").toFile().delete();
    parts.with("masks/a.png", "masks/b_mask.png");
    says("two folders of masks");
    data.resolve("ground_truth/bad").toFile().delete();
    data.resolve("ground_truth").toFile().delete();
    assertEquals(
        List.of(data.resolve("masks/a.png"), data.resolve("masks/b_mask.png")),
        open().test().stream().map(s -> s.masks().get(0)).toList());

    parts.with("torn/a.png");
    says("have the same name");
    data.resolve("torn/a.png").toFile().delete();
    parts.with("masks/bad/a.png");
    says("masks both in");
  }

  @Test
  void aMaskMayComeInPartsByKindOrTogether() {
    parts.with("good/a.png", "bad/a.png", "masks/bad/a/0.png", "masks/bad/a/1.png");
    var masks = data.resolve("masks");
    assertEquals(
        List.of(masks.resolve("bad/a/0.png"), masks.resolve("bad/a/1.png")),
        open().test().get(0).masks());
    masks.resolve("bad").toFile().renameTo(data.resolve(".away").toFile());
    parts.with("masks/a/0.png", "masks/a/1.png");
    assertEquals(
        List.of(masks.resolve("a/0.png"), masks.resolve("a/1.png")), open().test().get(0).masks());
  }

  @ParameterizedTest
  @CsvSource({"OK,NG", "ok,ng", "pass,fail", "normal,abnormal", "Good,Bad", "io,nio"})
  void labelsAreNotTakenForCategories(String normal, String defective) {
    parts.with(normal + "/a.png", defective + "/b.png");
    var rename = "rename " + data.resolve(normal) + " to good";
    for (var category : List.of(DatasetLayout.ITSELF, normal, defective)) {
      LayoutContractTest.assertSays(
          new FolderLayout(data), category, "no normal images found", rename);
    }
    assertThrows(InputException.class, () -> LayoutChoice.AUTO.at(data));
    assertThrows(InputException.class, () -> new FolderLayout(data).categories());

    data.resolve(normal).toFile().renameTo(data.resolve("good").toFile());
    assertEquals(List.of(defective), open().test().stream().map(Sample::defect).toList());
    assertEquals(1, open().train().size());
    parts.with(normal + "/a.png");
    says("would count as defective", rename);
  }

  @Test
  void defectsAloneAreNotTrainedOn() {
    parts.with("NG/b.png", "scratched/a.png");
    says("no normal images found", "put normal images into " + data.resolve("good"));
  }

  @Test
  void filesAreToldByTheirContentWhereTheirNamesSayNothing() {
    parts.with("list.csv", "notes.json", "Thumbs.db", "a.jfif", "b.JPE");
    PngFile.write(new GrayImage(1, 1, new byte[1]), data.resolve("camera7"));
    PngFile.write(new GrayImage(1, 1, new byte[1]), data.resolve("part.new"));
    assertEquals(
        List.of("a.jfif", "b.JPE", "camera7", "part.new"),
        open().train().stream().map(Sample::name).toList());
  }

  @Test
  void masksOfNoKindAreRefused() {
    parts.with("good/a.png", "bad/a.png", "masks/torn/a.png");
    says("belong to no images");
    data.resolve("masks/torn/a.png").toFile().delete();
    parts.with("masks/bad/z_mask.png");
    says("z_mask.png has no image");
  }

  @Test
  void whatMightBeMeantOtherwiseIsRefused() {
    parts.with("a.png", "bad/a.png");
    says("images both in", "move the normal ones to");
    parts.with("good/b.png");
    says("images both in");
    data.resolve("a.png").toFile().delete();
    assertEquals(1, open().test().size());
    parts.with("bad/deep/a.png");
    says("too deep");
  }

  @Test
  void filesOfUnknownTypesAreNotLeftOutSilently() {
    parts.with("a.png", "b.heic");
    says("b.heic is not a PNG");
  }

  @Test
  void severalCategoriesMayLieSideBySide() {
    parts.with("bolt/good/a.png", "bolt/bad/b.png", "nut/a.png");
    var layout = LayoutChoice.AUTO.at(data);
    assertEquals(List.of("bolt", "nut"), layout.categories());
    assertEquals(1, layout.open("bolt").test().size());
    assertEquals(1, layout.open("nut").train().size());
  }

  private Category open() {
    return LayoutChoice.AUTO.at(data).open(DatasetLayout.ITSELF);
  }

  private void says(String... what) {
    LayoutContractTest.assertSays(new FolderLayout(data), DatasetLayout.ITSELF, what);
  }
}
