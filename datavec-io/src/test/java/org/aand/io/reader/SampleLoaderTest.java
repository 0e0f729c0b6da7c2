package org.aand.io.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.aand.common.InputException;
import org.aand.common.image.ImageSize;
import org.aand.common.image.MaskRule;
import org.aand.common.image.Normalisation;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.Resize;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.aand.io.foreground.ForegroundRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLoaderTest {
  private static final int SIZE = 16;

  private final Category category;
  private final Preprocessing preprocessing = new Preprocessing(ImageSize.square(SIZE));

  SampleLoaderTest(@TempDir Path data) throws IOException {
    category = PaintedCategory.in(data);
  }

  @Test
  void aDefectiveSampleHasImageAndMask() {
    var loaded = SampleLoader.of(preprocessing).load(sample("test/bent/000.png"));

    assertEquals(PaintedCategory.WIDTH, loaded.originalWidth());
    assertEquals(PaintedCategory.HEIGHT, loaded.originalHeight());
    assertEquals(SIZE, loaded.resized().width());
    assertEquals(200, loaded.resized().at(1, 8, 0));
    assertEquals(30, loaded.resized().at(14, 8, 2));
    assertEquals(Optional.empty(), loaded.foreground());

    int at = (8 * SIZE + 1) * 3;
    assertEquals((200 / 255f - 0.485f) / 0.229f, loaded.image()[at], 1e-6f);
    assertEquals((200 / 255f - 0.456f) / 0.224f, loaded.image()[at + 1], 1e-6f);

    byte[] leftHalf = new byte[SIZE * SIZE];
    for (int i = 0; i < leftHalf.length; i++) {
      leftHalf[i] = (byte) (i % SIZE < SIZE / 2 ? 1 : 0);
    }
    assertArrayEquals(leftHalf, loaded.mask().orElseThrow());
  }

  @Test
  void goodMeansAnEmptyMaskAndAMissingOneIsUnknown() {
    var loader = SampleLoader.of(preprocessing);
    byte[] good = loader.load(sample("test/good/000.png")).mask().orElseThrow();
    assertArrayEquals(new byte[SIZE * SIZE], good);
    assertTrue(loader.load(sample("test/torn/000.png")).mask().isEmpty());
  }

  @Test
  void theForegroundIsMadeAtTheImagesOwnSize() {
    var rule = new ForegroundRule.Disc(0.45);
    var loaded = SampleLoader.of(preprocessing, rule).load(sample("test/good/000.png"));
    byte[] foreground = loaded.foreground().orElseThrow();
    // A disc of radius 13 in 40x30 pixels is an ellipse in 16x16.
    assertEquals(1, foreground[8 * SIZE + 8]);
    assertEquals(0, foreground[8 * SIZE + 2]);
    assertEquals(1, foreground[2 * SIZE + 8]);
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() throws IOException {
    Sample bent = sample("test/bent/000.png");
    Path mask = bent.masks().get(0);
    ImageIO.write(new BufferedImage(41, 30, BufferedImage.TYPE_BYTE_GRAY), "png", mask.toFile());
    String message = message(bent, preprocessing);
    assertTrue(message.contains("41x30"), message);
    assertTrue(message.contains(mask.toString()), message);
    assertTrue(message.contains(bent.image().toString()), message);
  }

  @Test
  void aMaskOfLabelsIsReadUnlessTheRuleLosesThem() throws IOException {
    Sample bent = sample("test/bent/000.png");
    PaintedCategory.paint(bent.masks().get(0), 1, 0);
    String message =
        message(
            bent,
            new Preprocessing(
                ImageSize.square(SIZE), Resize.BICUBIC, Normalisation.IMAGENET, MaskRule.HALF));
    assertTrue(message.contains("no value above 1"), message);

    byte[] mask = SampleLoader.of(preprocessing).load(bent).mask().orElseThrow();
    assertEquals(1, mask[0]);
    assertEquals(0, mask[SIZE - 1]);
  }

  @Test
  void thePartsOfAMaskAreOne() throws IOException {
    Sample bent = sample("test/bent/000.png");
    Path left = bent.masks().get(0);
    PaintedCategory.paint(left, 1, 0);
    Path right = left.resolveSibling("right.png");
    PaintedCategory.paint(right, 0, 200);
    var both = new Sample(bent.name(), bent.image(), List.of(left, right), bent.defect());
    byte[] mask = SampleLoader.of(preprocessing).load(both).mask().orElseThrow();
    byte[] all = new byte[SIZE * SIZE];
    Arrays.fill(all, (byte) 1);
    assertArrayEquals(all, mask);
  }

  private static String message(Sample sample, Preprocessing preprocessing) {
    var loader = SampleLoader.of(preprocessing);
    return String.valueOf(
        assertThrows(InputException.class, () -> loader.load(sample)).getMessage());
  }

  private Sample sample(String name) {
    return category.test().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }
}
