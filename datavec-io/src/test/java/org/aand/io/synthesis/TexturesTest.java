package org.aand.io.synthesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.image.RgbImage;
import org.junit.jupiter.api.Test;

class TexturesTest {
  private static final long TEXTURE_BYTES = 3 * 8 * 6;

  private final List<Path> files = List.of(Path.of("a.jpg"), Path.of("b.jpg"), Path.of("c.jpg"));
  private final List<Path> read = new ArrayList<>();

  @Test
  void aFileIsDecodedOnceAndBroughtToSize() {
    var textures = files(10 * TEXTURE_BYTES);
    assertEquals(3, textures.count());
    var first = textures.get(1);
    assertEquals(8, first.width());
    assertEquals(6, first.height());
    assertSame(first, textures.get(1));
    assertEquals(List.of(Path.of("b.jpg")), read);
  }

  @Test
  void beyondTheBoundTheLeastRecentlyUsedIsGivenUp() {
    var textures = files(2 * TEXTURE_BYTES);
    textures.get(0);
    textures.get(1);
    textures.get(0);
    textures.get(2);
    textures.get(0);
    assertEquals(files, read, "0 was used last, so 1 was given up for 2");
    textures.get(1);
    assertEquals(4, read.size());
  }

  @Test
  void whatTheReaderSaysReachesTheUser() {
    var textures =
        new TextureFiles(
            files,
            file -> {
              throw new InputException("cannot read " + file);
            },
            8,
            6,
            TEXTURE_BYTES);
    var failure = assertThrows(InputException.class, () -> textures.get(2));
    assertEquals("cannot read c.jpg", failure.getMessage());
    assertThrows(InputException.class, () -> new TextureFiles(List.of(), f -> grey(1, 1), 8, 6, 1));
  }

  @Test
  void generatedTexturesDependOnSeedAndIndexAlone() {
    var textures = new ProceduralTextures(5, 20, 40, 30);
    var again = new ProceduralTextures(5, 20, 40, 30);
    var other = new ProceduralTextures(6, 20, 40, 30);
    for (int i = 19; i >= 0; i--) {
      again.get(i);
    }
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(textures.get(i).pixels(), again.get(i).pixels());
      assertTrue(!Arrays.equals(textures.get(i).pixels(), other.get(i).pixels()));
    }
  }

  @Test
  void everyGeneratedTextureHasContrastAndMostHaveColour() {
    int count = 64;
    var textures = new ProceduralTextures(7, count, 64, 64);
    int coloured = 0;
    for (int i = 0; i < count; i++) {
      byte[] pixels = textures.get(i).pixels();
      double sum = 0;
      double squares = 0;
      double chroma = 0;
      for (int p = 0; p < pixels.length; p += 3) {
        int r = pixels[p] & 0xFF;
        int g = pixels[p + 1] & 0xFF;
        int b = pixels[p + 2] & 0xFF;
        double grey = (r + g + b) / 3.0;
        sum += grey;
        squares += grey * grey;
        chroma += Math.max(r, Math.max(g, b)) - Math.min(r, Math.min(g, b));
      }
      int n = pixels.length / 3;
      double deviation = Math.sqrt(squares / n - sum / n * sum / n);
      assertTrue(deviation > 3, "texture " + i + " is flat: deviation " + deviation);
      coloured += chroma / n > 15 ? 1 : 0;
    }
    assertTrue(coloured > count / 2, coloured + " of " + count + " are coloured");
  }

  private TextureFiles files(long bytes) {
    return new TextureFiles(
        files,
        file -> {
          read.add(file);
          return grey(31, 17);
        },
        8,
        6,
        bytes);
  }

  private static RgbImage grey(int width, int height) {
    return new RgbImage(width, height, new byte[3 * width * height]);
  }
}
