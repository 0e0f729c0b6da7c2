package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** A memory bank for which there is no room is refused before the work. */
class PatchCoreMemoryTest {
  private static final long MEBI = 1L << 20;

  /** 200 images of 32x32 patches of 384 values: 300 MiB of them, 100 MiB projected. */
  private static PatchCoreMemory memory(long heap, long whole) {
    return new PatchCoreMemory(200 * 1024, 384, heap * MEBI, whole * MEBI);
  }

  private static String refusal(PatchCoreMemory memory, double share) {
    return String.valueOf(
        assertThrows(InputException.class, () -> memory.require(share)).getMessage());
  }

  @Test
  void isRefusedWithTheShareThatFits() {
    for (var memory : new PatchCoreMemory[] {memory(150, 4000), memory(4000, 250)}) {
      var message = refusal(memory, 0.5);
      var fits = Pattern.compile("--coreset-share ([0-9.]+) or less").matcher(message);
      assertTrue(fits.find() && message.lines().count() == 1, message);
      double share = Double.parseDouble(fits.group(1));
      assertTrue(share > 0.05 && share < 0.4, message);
      memory.require(share);
      refusal(memory, 1.02 * share);
    }
    memory(4000, 4000).require(1);
    assertEquals(1, memory(4000, 4000).share());
  }

  @Test
  void whereNotEvenThePatchesFitNoShareIsNamed() {
    var message = refusal(memory(90, 4000), 0.0001);
    assertTrue(message.contains("fewer images") && !message.contains("coreset-share"), message);
  }

  @Test
  void aRequestOfMoreImagesThanAnyMachineHasRoomFor() {
    var request =
        TrainRequest.builder(
                Path.of("data"),
                Backbone.named("wide_resnet50_2"),
                new TeacherChoice.Random(0),
                Path.of("out"))
            .variant(Variant.patchCore())
            .tiling(Tiling.whole(512))
            .training(
                new TrainingSettings()
                    .copy()
                    .methods(new MethodSettings().with(new MethodSettings.PatchCore(0.1, 9)))
                    .build())
            .build();
    PatchCoreMemory.require(request, 1);
    assertThrows(InputException.class, () -> PatchCoreMemory.require(request, 100_000_000));
  }
}
