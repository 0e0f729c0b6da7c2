package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.demo.product.ProductDataset;
import org.aand.io.dataset.LayoutChoice;
import org.aand.model.Tiling;
import org.aand.report.ResultJson;
import org.aand.runfolder.RunFolder;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A time decides on the epochs; what cannot be done in it is refused before the work. */
class TimeBudgetTest {
  private static Path folder = Path.of("");

  private final List<String> schedules = new ArrayList<>();

  @BeforeAll
  static void draw(@TempDir Path temporary) throws IOException {
    folder = temporary;
    ProductDataset.write(folder.resolve("data"), TinyRun.PRODUCT);
  }

  @Test
  void aTimeTooShortForOneEpochIsRefusedWithTheTimeThatWouldDo() {
    var out = folder.resolve("short");
    var request = request(Variant.rd(), Duration.ofMillis(10), out);
    var error = assertThrows(InputException.class, () -> run(request));
    assertTrue(String.valueOf(error.getMessage()).contains("too short"), error.getMessage());
    assertTrue(String.valueOf(error.getMessage()).contains("--time-budget"), error.getMessage());
    assertFalse(Files.exists(out));
  }

  @Test
  void theScheduleIsShownAndRecordedAndNeverLongerThanWasAskedFor() {
    var out = folder.resolve("long");
    run(request(new Variant().withHardest(0), Duration.ofHours(1), out));
    assertEquals(List.of("2+3"), schedules);
    var settings = ResultJson.read(out.resolve(RunFolder.RESULT)).configuration();
    assertEquals("2", settings.get("stage 1 epochs"));
    assertEquals("3", settings.get("stage 2 epochs"));
    assertEquals("1 h 0 min", settings.get("time budget"));
    assertEquals("standard", settings.get("recipe"));
  }

  @Test
  void aMethodWithoutStage1HasNoEpochsOfIt() {
    run(request(Variant.rd(), Duration.ofHours(1), folder.resolve("rd")));
    assertEquals(List.of("0+3"), schedules);
  }

  private static TrainRequest request(Variant variant, Duration budget, Path out) {
    return TrainRequest.builder(
            folder.resolve("data"), TinyRun.BACKBONE, new TeacherChoice.Random(7), out)
        .category(LayoutChoice.MVTEC, TinyRun.PRODUCT.category())
        .variant(variant)
        .recipe(Recipe.STANDARD)
        .tiling(Tiling.whole(32))
        .training(new TrainingSettings(2, 3, 4, 7))
        .timeBudget(Optional.of(budget))
        .commandLine("tiny")
        .build();
  }

  private void run(TrainRequest request) {
    TrainRun.execute(
        request,
        new RunListener() {
          @Override
          public void onSchedule(int stage1Epochs, int stage2Epochs, Duration estimate) {
            schedules.add(stage1Epochs + "+" + stage2Epochs);
          }
        });
  }
}
