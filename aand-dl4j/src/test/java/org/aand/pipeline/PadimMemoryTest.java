package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.aand.common.InputException;
import org.aand.model.Tiling;
import org.aand.network.teacher.Backbone;
import org.aand.train.MethodSettings;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;

/** What PaDiM's matrices take, and that too many channels are refused before the work. */
class PadimMemoryTest {
  @Test
  void aMatrixTakesHalfOfItsSquare() {
    assertEquals(4L * 4096 * 5050, PadimMemory.bytes(100, 4096));
    assertEquals(4L * 4096 * 151525, PadimMemory.bytes(550, 4096));
    assertEquals(99, PadimMemory.most(PadimMemory.bytes(100, 4096) - 1, 4096));
    assertEquals(100, PadimMemory.most(PadimMemory.bytes(100, 4096), 4096));
    assertEquals(0, PadimMemory.most(3, 4096));
  }

  @Test
  void tooManyChannelsAreRefusedWithTheNumberThatFits() {
    // 65536 locations of 1792 channels: 392 GiB.
    var message =
        assertThrows(InputException.class, () -> PadimMemory.require(request(1792, 1024)))
            .getMessage();
    var fits = Pattern.compile("--padim-channels (\\d+) or less").matcher(message);
    assertTrue(fits.find(), message);
    int channels = Integer.parseInt(fits.group(1));
    assertTrue(PadimMemory.fits(request(channels, 1024)));
    assertFalse(PadimMemory.fits(request(channels + 1, 1024)));
    PadimMemory.require(request(channels, 1024));
    assertThrows(InputException.class, () -> PadimMemory.require(request(channels + 1, 1024)));
  }

  private static TrainRequest request(int channels, int side) {
    var padim = new MethodSettings.Padim(channels, 0.01);
    return TrainRequest.builder(
            Path.of("data"),
            Backbone.named("wide_resnet50_2"),
            new TeacherChoice.Random(0),
            Path.of("out"))
        .variant(Variant.padim())
        .tiling(Tiling.whole(side))
        .training(new TrainingSettings().copy().methods(new MethodSettings().with(padim)).build())
        .build();
  }
}
