package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.aand.common.image.ImageSize;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.LayoutChoice;
import org.aand.pipeline.ImageSizeChoice.OfTheirShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An elongated part is not squeezed into a square. */
class ImageSizeChoiceTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void theShapeIsKeptAtAboutAsManyPixels() {
    assertEquals(new ImageSize(256, 256), OfTheirShape.nearest(1));
    assertEquals(new ImageSize(256, 256), OfTheirShape.nearest(1.06));
    assertEquals(new ImageSize(384, 192), OfTheirShape.nearest(2));
    assertEquals(new ImageSize(160, 416), OfTheirShape.nearest(203 / 512.0));
  }

  @Test
  void noShapeIsFarFromItsImages() {
    for (double ratio = 0.2; ratio < 5; ratio *= 1.03) {
      var size = OfTheirShape.nearest(ratio);
      assertEquals(0, Math.log(size.height() / (double) size.width() / ratio), 0.13, "" + ratio);
      assertEquals(0, Math.log(size.pixels() / 65536.0), 0.3, "" + ratio);
    }
  }

  @Test
  void theMedianDecidesNotAnOutlier() throws IOException {
    for (int i = 0; i < 5; i++) {
      write("" + i, i == 0 ? 400 : 100, 200);
    }
    assertEquals(new ImageSize(192, 384), ImageSizeChoice.parse("auto").of(this::category));
  }

  @Test
  void aStatedSizeLooksAtNoImage() {
    var size = ImageSizeChoice.parse("64x128");
    assertEquals(
        new ImageSize(64, 128),
        size.of(
            () -> {
              throw new AssertionError();
            }));
    assertThrows(IllegalArgumentException.class, () -> ImageSizeChoice.parse("64x65"));
    assertThrows(IllegalArgumentException.class, () -> ImageSizeChoice.parse("automatic"));
  }

  private void write(String name, int height, int width) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve(name + ".png").toFile());
  }

  private Category category() {
    return LayoutChoice.AUTO.at(folder).open(DatasetLayout.ITSELF);
  }
}
