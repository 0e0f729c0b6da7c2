package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextureFolderTest {
  @Test
  void texturesAreListedByClassAndName(@TempDir Path folder) {
    new CategoryFolder(folder).with("dotted/b.jpg", "dotted/a.JPEG", "banded/c.jpg", "own.png");
    assertEquals(
        List.of("own.png", "banded/c.jpg", "dotted/a.JPEG", "dotted/b.jpg"),
        TextureFolder.images(folder).stream()
            .map(image -> ImageFolder.relativeName(folder, image))
            .toList());
    new CategoryFolder(folder).with("dotted/deep/d.jpg");
    assertThrows(InputException.class, () -> TextureFolder.images(folder));
  }

  @Test
  void aFolderWithoutTexturesIsRefused(@TempDir Path folder) {
    new CategoryFolder(folder).with("images/dotted/a.jpg", "readme.txt");
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> TextureFolder.images(folder)).getMessage());
    assertTrue(message.contains(folder.toString()), message);
    assertThrows(InputException.class, () -> TextureFolder.images(folder.resolve("none")));
  }
}
