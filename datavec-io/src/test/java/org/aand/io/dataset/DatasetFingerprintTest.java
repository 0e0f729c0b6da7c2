package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetFingerprintTest {
  private final Path data;

  DatasetFingerprintTest(@TempDir Path data) {
    this.data = data;
    for (String copy : new String[] {"here/bolt", "there/bolt"}) {
      new CategoryFolder(data.resolve(copy))
          .with("train/good/a.png", "test/bent/a.png", "ground_truth/bent/a_mask.png");
    }
  }

  @Test
  void itIsTheHashOfNamesLengthsAndContents() throws Exception {
    var expected = MessageDigest.getInstance("SHA-256");
    String[] sorted = {"ground_truth/bent/a_mask.png", "test/bent/a.png", "train/good/a.png"};
    for (String name : sorted) {
      byte[] contents = name.getBytes(StandardCharsets.UTF_8);
      expected.update(contents);
      expected.update(new byte[8]);
      expected.update((byte) contents.length); // with the zero byte: 1 + 8 bytes, big-endian
      expected.update(contents);
    }
    var fingerprint = fingerprint("here");
    assertEquals(HexFormat.of().formatHex(expected.digest()), fingerprint.sha256());
    assertEquals(3, fingerprint.files());
    assertEquals(28 + 15 + 16, fingerprint.bytes());
  }

  @Test
  void copiesHaveTheSameAndAnyChangeAnother() throws Exception {
    var original = fingerprint("here");
    assertEquals(original, fingerprint("there"));

    Path mask = data.resolve("there/bolt/ground_truth/bent/a_mask.png");
    Files.writeString(mask, "ground_truth/bent/a_mask.pnG");
    assertNotEquals(original.sha256(), fingerprint("there").sha256());
    Files.writeString(mask, "ground_truth/bent/a_mask.png");
    assertEquals(original, fingerprint("there"));

    Path image = data.resolve("there/bolt/train/good/a.png");
    Files.move(image, image.resolveSibling("b.png"));
    assertNotEquals(original.sha256(), fingerprint("there").sha256());
  }

  @Test
  void aFileThatVanishedIsNamed() throws Exception {
    var category = new MvtecLayout(data.resolve("here")).open("bolt");
    Files.delete(data.resolve("here/bolt/train/good/a.png"));
    assertThrows(InputException.class, () -> DatasetFingerprint.of(category));
  }

  private DatasetFingerprint fingerprint(String folder) {
    return DatasetFingerprint.of(new MvtecLayout(data.resolve(folder)).open("bolt"));
  }
}
