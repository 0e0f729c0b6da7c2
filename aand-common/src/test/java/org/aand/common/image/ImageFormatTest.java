package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a file is, its first bytes say; what is not read is called by its name. */
class ImageFormatTest {
  private final Path folder;

  ImageFormatTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @CsvSource({
    "'RIFF....WEBPVP8 ', is a WebP image",
    "'....ftypheic', is a HEIC image",
    "'....ftypavif', is an AVIF image",
    "'8BPS', is a Photoshop image",
    "'%PDF-1.4', is a PDF document",
    "'<svg width=', is an SVG drawing",
    "'P1x', 'is not a PNG, JPEG, BMP, TIFF, GIF or PNM image'",
    "'words', 'is not a PNG, JPEG, BMP, TIFF, GIF or PNM image'",
  })
  void whatIsNotReadIsNamed(String head, String expected) throws IOException {
    var file = Files.write(folder.resolve("a.png"), head.getBytes(StandardCharsets.US_ASCII));
    var refusal = ImageFormat.refusal(file).orElseThrow();
    assertTrue(refusal.startsWith(expected), refusal);
    assertTrue(refusal.contains("convert"), refusal);
  }

  @Test
  void whatIsReadIsNotRefusedWhateverItsName() throws IOException {
    var file = folder.resolve("a.heic");
    PngFile.write(new GrayImage(1, 1, new byte[1]), file);
    assertEquals(Optional.empty(), ImageFormat.refusal(file));
    assertTrue(ImageFormat.isNamedLikeOne("a.JFIF"));
    assertTrue(ImageFormat.isNamedLikeOne("UPPER.PNG"));
    assertFalse(ImageFormat.isNamedLikeOne("a.heic"));
    assertFalse(ImageFormat.isNamedLikeOne("part7"));
  }
}
