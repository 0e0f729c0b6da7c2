package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.train.TrainingListener.Epoch;
import org.aand.train.TrainingListener.Stage;
import org.junit.jupiter.api.Test;

/** Both stages on a tiny network: they learn, they repeat, and RD is the same code with less. */
class TrainingTest {
  private static final int EPOCHS = 5;
  private static final int IMAGES = 6;

  @Test
  void bothStagesLearn() {
    var epochs = train(1, true, EPOCHS);
    var first = losses(epochs, Stage.STAGE1);
    assertEquals(EPOCHS, first.size());
    assertTrue(first.get(EPOCHS - 1) < first.get(0), "stage 1: " + first);
    var second = losses(epochs, Stage.STAGE2);
    assertEquals(EPOCHS, second.size());
    assertTrue(second.get(EPOCHS - 1) < second.get(0), "stage 2: " + second);
  }

  @Test
  void theSameSeedRepeatsAndAnotherDoesNot() {
    var once = train(1, true, 2);
    assertEquals(allLosses(once), allLosses(train(1, true, 2)));
    assertNotEquals(allLosses(once), allLosses(train(2, true, 2)));
  }

  @Test
  void withoutModulesOnlyStageTwoRuns() {
    var epochs = train(1, false, 2);
    assertTrue(losses(epochs, Stage.STAGE1).isEmpty());
    assertEquals(2, losses(epochs, Stage.STAGE2).size());
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    var settings = new TrainingSettings(2, 2, 4, 1).copy().schedule(new StepSchedule(1e30, 0.2));
    var divergence =
        assertThrows(DivergenceException.class, () -> train(true, settings.build(), e -> {}));
    var said = Objects.requireNonNull(divergence.getMessage());
    assertTrue(said.startsWith("the training diverged in epoch 1 of 2:"), said);
  }

  private static List<Epoch> train(long seed, boolean amplified, int epochs) {
    var finished = new ArrayList<Epoch>();
    train(amplified, new TrainingSettings(epochs, epochs, 4, seed), finished::add);
    return finished;
  }

  private static void train(boolean amplified, TrainingSettings settings, Consumer<Epoch> ended) {
    long seed = settings.seed();
    try (var model = TinyModel.create(seed, amplified)) {
      Training.run(
          model,
          TinyModel.images(IMAGES),
          new ProceduralTextures(seed, 4, TinyModel.SIZE, TinyModel.SIZE),
          settings,
          new TrainingListener() {
            @Override
            public void onEpochEnd(Epoch epoch) {
              ended.accept(epoch);
            }
          });
    }
  }

  private static List<Double> losses(List<Epoch> epochs, Stage stage) {
    return epochs.stream()
        .filter(e -> e.stage() == stage)
        .map(e -> Objects.requireNonNull(e.losses().get("total")))
        .toList();
  }

  private static List<String> allLosses(List<Epoch> epochs) {
    return epochs.stream().map(e -> e.stage() + " " + new java.util.TreeMap<>(e.losses())).toList();
  }
}
