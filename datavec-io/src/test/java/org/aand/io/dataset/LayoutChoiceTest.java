package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutChoiceTest {
  private final Path data;

  LayoutChoiceTest(@TempDir Path data) {
    this.data = data;
  }

  @Test
  void aFolderThatFitsTwoLayoutsIsNotGuessed() {
    LayoutCopy.MVTEC.write(data, 1);
    LayoutCopy.VISA_JSON.write(data, 1);
    says("mvtec (CATEGORY/train/good)", "visa (", "--layout");
    assertEquals(
        1,
        LayoutChoice.MVTEC.at(data).open("bolt").test().stream()
            .filter(sample -> !sample.defective())
            .count());
  }

  @Test
  void aFolderThatFitsNoneSaysWhatWasLookedFor() {
    new CategoryFolder(data).with("notes/readme.txt", "list.csv");
    says("mvtec (", "visa (split_csv/1cls.csv or meta.json)", "mvtec3d (", "folder (", data + "");
    says(data.resolve("none"), "there is no data folder");
    says(data.resolve("list.csv"), "there is no data folder");
  }

  @Test
  void normalImagesOfAnotherNameAreFoundAndTheRenamingSaid() {
    new CategoryFolder(data).with("bolt/train/OK/a.png", "bolt/test/NG/a.png");
    says("rename " + data.resolve("bolt/train/OK") + " to good");
  }

  @Test
  void plainFoldersAreWhatIsLeft() {
    LayoutCopy.MVTEC.write(data, 1);
    new CategoryFolder(data).with("spare/a.png");
    assertInstanceOf(MvtecLayout.class, LayoutChoice.AUTO.at(data));
    assertInstanceOf(FolderLayout.class, LayoutChoice.AUTO.at(data.resolve("bolt/train")));
    assertInstanceOf(FolderLayout.class, LayoutChoice.AUTO.at(data.resolve("bolt/train/good")));
    assertInstanceOf(MvtecLayout.class, LayoutChoice.AUTO.at(data.resolve("bolt")));
  }

  @Test
  void anEmptyTrainingFolderIsStillMvtecs() {
    data.resolve("bolt/train/good").toFile().mkdirs();
    LayoutContractTest.assertSays(LayoutChoice.AUTO.at(data), "bolt", "no training images in");
  }

  @Test
  void keysAreWhatOneTypes() {
    assertEquals("mvtec3d", LayoutChoice.MVTEC3D.key());
  }

  private void says(String... what) {
    says(data, what);
  }

  private static void says(Path folder, String... what) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> LayoutChoice.AUTO.at(folder)).getMessage());
    for (String part : what) {
      assertTrue(message.contains(part), message);
    }
    assertFalse(message.contains("\n"), message);
  }
}
