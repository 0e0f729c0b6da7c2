package org.aand.io.reader;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.MvtecLayout;
import org.deeplearning4j.datasets.datavec.RecordReaderMultiDataSetIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DL4J's own iterator makes batches of the record reader's records. */
class RecordReaderIterationTest {
  private static final int SIZE = 16;

  @Test
  void batchesAreStackedAndLabelled(@TempDir Path data) throws IOException {
    Path bolt = data.resolve("bolt");
    paint(bolt.resolve("train/good/0.png"), 90);
    paint(bolt.resolve("test/good/0.png"), 90);
    paint(bolt.resolve("test/bent/0.png"), 50);
    paint(bolt.resolve("test/bent/1.png"), 70);
    paint(bolt.resolve("ground_truth/bent/0_mask.png"), 255);
    paint(bolt.resolve("ground_truth/bent/1_mask.png"), 255);
    var test = new MvtecLayout(data).open("bolt").test();

    var iterator =
        new RecordReaderMultiDataSetIterator.Builder(2)
            .addReader(
                "bolt", new ImageRecordReader(test, new Preprocessing(ImageSize.square(SIZE))))
            .addInput("bolt", ImageRecordReader.IMAGE, ImageRecordReader.IMAGE)
            .addInput("bolt", ImageRecordReader.MASK, ImageRecordReader.MASK)
            .addOutputOneHot("bolt", ImageRecordReader.DEFECTIVE, 2)
            .build();

    var bent = iterator.next();
    assertArrayEquals(new long[] {2, SIZE, SIZE, 3}, bent.getFeatures(0).shape());
    assertArrayEquals(new long[] {2, SIZE, SIZE, 1}, bent.getFeatures(1).shape());
    assertEquals((50 / 255f - 0.485f) / 0.229f, bent.getFeatures(0).getFloat(0, 3, 5, 0), 1e-6f);
    assertEquals((70 / 255f - 0.406f) / 0.225f, bent.getFeatures(0).getFloat(1, 3, 5, 2), 1e-6f);
    assertEquals(2.0 * SIZE * SIZE, bent.getFeatures(1).sumNumber().doubleValue());
    assertEquals(1f, bent.getLabels(0).getFloat(0, 1));
    assertEquals(1f, bent.getLabels(0).getFloat(1, 1));

    var good = iterator.next();
    assertArrayEquals(new long[] {1, SIZE, SIZE, 3}, good.getFeatures(0).shape());
    assertEquals(0.0, good.getFeatures(1).sumNumber().doubleValue());
    assertEquals(1f, good.getLabels(0).getFloat(0, 0));

    assertFalse(iterator.hasNext());
    iterator.reset();
    assertTrue(iterator.hasNext());
  }

  private static void paint(Path file, int grey) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    var image = new BufferedImage(20, 12, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 20 * 12; i++) {
      image.getRaster().setSample(i % 20, i / 20, 0, grey);
    }
    ImageIO.write(image, "png", file.toFile());
  }
}
