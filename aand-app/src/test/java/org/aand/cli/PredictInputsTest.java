package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders, patterns, files and lists may be mixed; every file comes once. */
class PredictInputsTest {
  @Test
  void allKindsTogether(@TempDir Path folder) throws IOException {
    var a = Files.createFile(folder.resolve("a.png"));
    var b = Files.createFile(folder.resolve("b.png"));
    var list = b + "\n\n" + folder.resolve("listed ä.png") + "\r\n";
    assertEquals(
        List.of(a, b, folder.resolve("listed ä.png"), Path.of("given.txt")),
        PredictInputs.of(List.of(folder + "/a*", folder.toString(), "-", "given.txt"), in(list)));
    assertThrows(InputException.class, () -> PredictInputs.of(List.of("-"), in("\n")));
    assertThrows(InputException.class, () -> PredictInputs.of(List.of(folder + "/*.tif"), in("")));
    assertThrows(InputException.class, () -> PredictInputs.of(List.of("nul\0"), in("")));
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
