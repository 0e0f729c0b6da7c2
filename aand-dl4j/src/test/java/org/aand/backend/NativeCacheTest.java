package org.aand.backend;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where native libraries are unpacked to, and what is said where that is nowhere. */
class NativeCacheTest {
  @Test
  void theFirstFolderThatCanBeWrittenToIsTaken(@TempDir Path folder) throws IOException {
    var nowhere = Files.writeString(folder.resolve("file"), "").resolve("cache");
    var here = folder.resolve("home/cache");
    assertEquals(here, NativeCache.choose(List.of(nowhere, here, folder)));
    try (var files = Files.list(here)) {
      assertEquals(0, files.count(), "the trial leaves nothing");
    }
  }

  @Test
  void whereThereIsNoneOneLineNamesTheOption(@TempDir Path folder) throws IOException {
    var nowhere = Files.writeString(folder.resolve("file"), "").resolve("cache");
    var e = assertThrows(InputException.class, () -> NativeCache.choose(List.of(nowhere)));
    assertTells(String.valueOf(e.getMessage()), nowhere.toString());
  }

  @Test
  void librariesThatCannotBeLoadedAreOneLine() {
    var failure = new NoClassDefFoundError("Could not initialize class Nd4j");
    failure.initCause(new UnsatisfiedLinkError("libjnind4jcpu.so: failed to map segment\nmore"));
    assertTells(
        String.valueOf(Backend.unusable(failure).getMessage()),
        "libjnind4jcpu.so: failed to map segment");
  }

  private static void assertTells(String message, String what) {
    assertTrue(message.contains(what), message);
    assertTrue(message.contains("-Dorg.bytedeco.javacpp.cachedir=DIR"), message);
    assertEquals(1, message.lines().count(), message);
  }
}
