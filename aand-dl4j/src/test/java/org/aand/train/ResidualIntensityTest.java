package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.aand.io.synthesis.ProceduralTextures;
import org.junit.jupiter.api.Test;

/** Residuals are measured before the first epoch and after each, and training does not notice. */
class ResidualIntensityTest {
  private static final int EPOCHS = 2;

  private static final class Recorder implements TrainingListener {
    private final List<ResidualIntensity> intensities = new ArrayList<>();
    private final List<Object> losses = new ArrayList<>();

    @Override
    public void onResiduals(ResidualIntensity intensity) {
      intensities.add(intensity);
    }

    @Override
    public void onEpochEnd(Epoch epoch) {
      losses.add(epoch.losses());
    }
  }

  @Test
  void everyEpochIsObservedWithoutChangingIt() {
    var observed = train(true);
    var unobserved = train(false);
    assertEquals(unobserved.losses, observed.losses);
    assertTrue(unobserved.intensities.isEmpty());
    assertEquals(
        List.of(0, 1, 2), observed.intensities.stream().map(ResidualIntensity::epochs).toList());
    for (var intensity : observed.intensities) {
      assertEquals(
          List.of("a", "b", "c"), intensity.levels().stream().map(l -> l.level()).toList());
      for (var level : intensity.levels()) {
        assertTrue(level.normal().orElseThrow() > 0);
      }
      assertTrue(intensity.levels().get(0).anomalous().orElseThrow() > 0);
    }
    assertTrue(!observed.intensities.get(0).equals(observed.intensities.get(1)));
    assertEquals(observed.intensities, train(true).intensities);
  }

  private static Recorder train(boolean observes) {
    var recorder = new Recorder();
    try (var model = TinyModel.create(1, true)) {
      Training.run(
          model,
          TinyModel.images(6),
          new ProceduralTextures(1, 4, TinyModel.SIZE, TinyModel.SIZE),
          new TrainingSettings(EPOCHS, 0, 4, 1).withObservedResiduals(observes),
          recorder);
    }
    return recorder;
  }
}
