package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.common.image.RgbImage;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.report.Protocol;
import org.aand.train.MethodSettings;
import org.aand.train.TrainingImages;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PatchCore takes for many images follows from what it takes for a few. */
class PatchCorePaceTest {
  private static final double EXACT = 1e-9;

  /** 2 seconds once, 3 for passing 10 images, 4 for choosing among their patches. */
  private static final PatchCorePace PACE = new PatchCorePace(10, 2, 3, 4, 0.5);

  @Test
  void passingGrowsWithTheImagesAndChoosingWithTheirSquare() {
    assertEquals(2 + 3 + 2 * 4, PACE.fit(10), EXACT);
    assertEquals(2 + 3 * 10 + 2 * 4 * 100, PACE.fit(100), EXACT);
    assertEquals(2 + 3 * 53.8 + 2 * 4 * 53.8 * 53.8, PACE.fit(538), EXACT);
  }

  @Test
  void judgingIsByTheWholeBankAndSoIsWhatComesAfterBeyondWhatIsPlanned() {
    assertEquals(PACE.fit(100) + 0.5 * 30 + 0.3 * 40, PACE.seconds(100, 30, 40, 0.2), EXACT);
  }

  @Test
  void anImageTakesNoLessThanByAnotherMethod() {
    assertEquals(PACE.fit(100) + 0.8 * 30, PACE.seconds(100, 30, 40, 0.8), EXACT);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 1})
  void aTrialMeasuresEachPartAndLeavesNothingBehind(double share, @TempDir Path folder)
      throws IOException {
    var tiny = TinyRun.request(folder.resolve("data"), Protocol.LAST_EPOCH, folder.resolve("out"));
    var methods = tiny.training().methods().with(new MethodSettings.PatchCore(share, 9));
    var request =
        tiny.with(Variant.patchCore()).with(tiny.training().copy().methods(methods).build());
    var images = images(request.tiling().tileSize(), 70);
    PatchCorePace pace;
    try (var teacher = request.teacher().load(request.backbone()).parameters()) {
      var textures = new ProceduralTextures(1, 2, 32, 32);
      pace = PatchCorePace.measure(request, teacher, images, textures, folder);
    }
    assertEquals(32, pace.images());
    assertTrue(pace.setup() > 0, pace.toString());
    assertTrue(pace.passing() > 0, pace.toString());
    assertTrue(pace.choosing() > 0, pace.toString());
    assertTrue(pace.use() > 0, pace.toString());
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private static TrainingImages images(ImageSize size, int count) {
    var images =
        IntStream.range(0, count)
            .mapToObj(
                i -> {
                  byte[] values = new byte[size.pixels() * 3];
                  for (int k = 0; k < values.length; k++) {
                    values[k] = (byte) (k * (i + 1));
                  }
                  return new RgbImage(size.width(), size.height(), values);
                })
            .toList();
    return new TrainingImages(
        size, images, images.stream().map(image -> new byte[size.pixels()]).toList());
  }
}
