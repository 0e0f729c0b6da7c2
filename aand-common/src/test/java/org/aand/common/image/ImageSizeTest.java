package org.aand.common.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Height comes first; one number is a square. */
class ImageSizeTest {
  @Test
  void readsWhatItWrites() {
    var wide = ImageSize.parse("256x512");
    assertEquals(new ImageSize(256, 512), wide);
    assertEquals("256x512", wide.shortest());
    assertEquals(wide, ImageSize.parse(wide.toString()));
    assertEquals(ImageSize.square(64), ImageSize.parse("64"));
    assertEquals("64", ImageSize.square(64).shortest());
    assertEquals("64x64", ImageSize.square(64).toString());
    assertEquals(new ImageSize(16, 32), wide.dividedBy(16));
  }

  @Test
  void refusesWhatIsNoSize() {
    for (var text :
        List.of("", "x", "256x", "x256", "-1", "0", "256x0", "1x2x3", "999999x999999")) {
      assertThrows(IllegalArgumentException.class, () -> ImageSize.parse(text), text);
    }
  }

  @Test
  void masksAndImagesBecomeSoHighAndWide() {
    var size = new ImageSize(2, 4);
    var image = new RgbImage(8, 2, new byte[8 * 2 * 3]);
    var resized = new Preprocessing(size).resize(image);
    assertEquals(2, resized.height());
    assertEquals(4, resized.width());
    byte[] pixels = {0, 0, 0, 0, (byte) 255, (byte) 255, 0, 0};
    byte[] mask = MaskRule.NOT_ZERO.apply(new GrayImage(4, 2, pixels), size);
    assertArrayEquals(new byte[] {0, 0, 0, 0, 1, 1, 0, 0}, mask);
  }
}
