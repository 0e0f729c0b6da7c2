package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
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
  void locoIsMvtecsWithValidationAndMasksInParts() {
    new CategoryFolder(data)
        .with("box/train/good/000.png", "box/validation/good/000.png", "box/test/good/000.png")
        .with("box/test/logical_anomalies/000.png", "box/test/structural_anomalies/000.png")
        .with("box/ground_truth/logical_anomalies/000/000.png")
        .with("box/ground_truth/logical_anomalies/000/001.png")
        .with("box/ground_truth/structural_anomalies/000/000.png");
    var layout = LayoutChoice.AUTO.at(data);
    assertInstanceOf(MvtecLayout.class, layout);
    var box = layout.open("box");
    assertEquals(1, box.train().size());
    assertEquals(1, box.validation().size());
    assertEquals(
        List.of("good 0", "logical_anomalies 2", "structural_anomalies 1"),
        box.test().stream().map(s -> s.defect() + " " + s.masks().size()).sorted().toList());
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
