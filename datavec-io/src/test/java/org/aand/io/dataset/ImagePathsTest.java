package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and patterns name the same files in the same order on every machine. */
class ImagePathsTest {
  private final Path folder;

  ImagePathsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void files() throws IOException {
    for (var name :
        List.of(
            "b.png", "a.JPG", "c.txt", ".hidden.png", "sub/d.tif", "sub/.no/e.png", "x/y/f.bmp")) {
      var file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  @Test
  void aFolderItselfAndWithAllBelow() {
    assertEquals(List.of("a.JPG", "b.png"), names(ImagePaths.in(folder)));
    assertEquals(
        List.of("a.JPG", "b.png", "sub/d.tif", "x/y/f.bmp"), names(ImagePaths.below(folder)));
  }

  @Test
  void patterns() {
    assertEquals(List.of("b.png"), names(ImagePaths.matching(folder + "/*.png")));
    assertEquals(
        List.of("sub/d.tif", "x/y/f.bmp"), names(ImagePaths.matching(folder + "/**/*.{tif,bmp}")));
    assertEquals(List.of("c.txt"), names(ImagePaths.matching(folder + "/?.txt")));
    assertEquals(List.of(), ImagePaths.matching(folder + "/*.gif"));
  }

  @Test
  void whatIsNoneIsNamed() {
    assertThrows(InputException.class, () -> ImagePaths.in(folder.resolve("b.png")));
    assertThrows(InputException.class, () -> ImagePaths.below(folder.resolve("nowhere")));
    assertThrows(InputException.class, () -> ImagePaths.matching(folder + "/nowhere/*.png"));
    assertThrows(InputException.class, () -> ImagePaths.matching(folder + "/{a.png"));
  }

  private List<String> names(List<Path> files) {
    return files.stream().map(f -> folder.relativize(f).toString().replace('\\', '/')).toList();
  }
}
