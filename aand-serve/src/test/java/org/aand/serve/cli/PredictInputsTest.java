package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders, patterns, files and lists may be mixed; every file comes once. */
class PredictInputsTest {
  @Test
  void allKindsTogether(@TempDir Path folder) throws IOException {
    var a = Files.createFile(folder.resolve("a.png"));
    var b = Files.createFile(folder.resolve("b.png"));
    var list = b + "\n\n" + folder.resolve("listed ä.png") + "\r\n";
    assertEquals(
        List.of(a, b, folder.resolve("listed ä.png"), Path.of("given.txt")),
        PredictInputs.of(List.of(folder + "/a*", folder.toString(), "-", "given.txt"), in(list))
            .images());
    assertThrows(InputException.class, () -> PredictInputs.of(List.of("-"), in("\n")));
    assertThrows(InputException.class, () -> PredictInputs.of(List.of(folder + "/*.tif"), in("")));
    assertThrows(InputException.class, () -> PredictInputs.of(List.of("nul\0"), in("")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkIsNoPartOfTheFirstName(String charset) {
    byte[] list = "\uFEFFUPPER.PNG\r\ngrün.png\n".getBytes(Charset.forName(charset));
    assertEquals(
        List.of(Path.of("UPPER.PNG"), Path.of("grün.png")),
        PredictInputs.of(List.of("-"), new ByteArrayInputStream(list)).images());
  }

  @Test
  void whatExistsIsNoPattern(@TempDir Path folder) throws IOException {
    for (var name : List.of("part[1].png", "part{x}.png", "part1.png", "partx.png")) {
      Files.createFile(folder.resolve(name));
    }
    for (var name : List.of("part[1].png", "part{x}.png")) {
      var word = folder.resolve(name).toString();
      assertEquals(List.of(Path.of(word)), PredictInputs.of(List.of(word), in("")).images());
    }
    assertEquals(
        List.of(folder.resolve("part1.png")),
        PredictInputs.of(List.of(folder + "/part[0-9].png"), in("")).images());
  }

  @Test
  void whatIsLeftOutIsNamed(@TempDir Path temporary) throws IOException {
    var folder = Files.createDirectories(temporary.resolve("parts"));
    Files.createFile(folder.resolve("UPPER.PNG"));
    for (int i = 0; i < 7; i++) {
      Files.writeString(folder.resolve(i + ".heic"), "no image");
    }
    var listing = PredictInputs.of(List.of(folder.toString()), in(""));
    assertEquals(List.of(folder.resolve("UPPER.PNG")), listing.images());
    var lines = PredictInputs.lines(listing.leftOut());
    assertEquals(6, lines.size());
    assertTrue(lines.get(0).startsWith("left out: " + folder.resolve("0.heic") + " is not a"));
    assertEquals("left out: 2 more", lines.get(5));

    Files.delete(folder.resolve("UPPER.PNG"));
    var none =
        assertThrows(
            InputException.class, () -> PredictInputs.of(List.of(folder.toString()), in("")));
    assertTrue(String.valueOf(none.getMessage()).contains("(" + folder.resolve("0.heic") + " is"));
    assertEquals(1, String.valueOf(none.getMessage()).lines().count());
  }

  @Test
  void aLinkIsNotLeftOutIfItIsNamedToo(@TempDir Path temporary) throws IOException {
    var folder = Files.createDirectories(temporary.resolve("parts"));
    var other = Files.createDirectories(temporary.resolve("other"));
    Files.createFile(folder.resolve("a.png"));
    Files.createFile(other.resolve("b.png"));
    var link = Files.createSymbolicLink(folder.resolve("link"), other);
    assertEquals(1, PredictInputs.of(List.of(folder.toString()), in("")).leftOut().size());
    var both = PredictInputs.of(List.of(folder.toString(), link.toString()), in(""));
    assertEquals(List.of(folder.resolve("a.png"), link.resolve("b.png")), both.images());
    assertEquals(List.of(), both.leftOut());
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
