package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.model.Scoring;
import org.aand.nn.HostValues;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was interrupted at any step ends with the numbers of one that was not. */
class ResumedTrainingTest {
  private static final int EPOCHS = 3;
  private static final int STEPS = 2 * EPOCHS * 2;
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(EPOCHS, EPOCHS, 4, 3).withObservedResiduals(true);
  private static final TrainingImages IMAGES = TinyModel.images(6);
  private static final TrainingImages HELD_OUT = TinyModel.images(2);
  private static final ProceduralTextures TEXTURES =
      new ProceduralTextures(3, 4, TinyModel.SIZE, TinyModel.SIZE);

  /** Merits that make an epoch in the middle the best, and end stage 2 before its last one. */
  private static final Selection SECOND =
      (stage, model) ->
          epoch ->
              new EpochEvaluator.Judgement(
                  OptionalDouble.of(epoch == 1 ? 2 : 1), stage == Stage.STAGE2 && epoch == 1);

  /** The first epoch of stage 1 is never surpassed. */
  private static final Selection FIRST =
      (stage, model) ->
          new EpochEvaluator() {
            @Override
            public Judgement judge(int epoch) {
              double merit = stage == Stage.STAGE1 ? -epoch : epoch;
              return new Judgement(OptionalDouble.of(merit), false);
            }

            @Override
            public int patience() {
              return 1;
            }
          };

  private static Path folder = Path.of("");

  @BeforeAll
  static void keepFolder(@TempDir Path temporary) {
    folder = temporary;
  }

  private record Result(Training.Outcome outcome, List<String> losses, int parameters) {}

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void interruptedAtAnyStepItGivesTheSame() throws IOException {
    var whole = undisturbed(Selection.LAST_EPOCH);
    var random = new RandomStreams(11).stream("interruptions");
    for (var every : List.of(Duration.ZERO, Duration.ofMinutes(5))) {
      var checkpoints = checkpoints(every);
      for (int start = 0; start < 4; start++) {
        int after = random.nextInt(1, STEPS / 3);
        assertThrows(Interrupted.class, () -> train(Selection.LAST_EPOCH, checkpoints, after));
      }
      assertSame(whole, train(Selection.LAST_EPOCH, checkpoints, Integer.MAX_VALUE));
    }
  }

  @Test
  void theChosenEpochSurvivesAnInterruption() throws IOException {
    var whole = undisturbed(SECOND);
    assertEquals(2, whole.outcome().chosen().get(Stage.STAGE1));
    assertEquals(2, whole.outcome().chosen().get(Stage.STAGE2));
    assertEquals(EPOCHS + 2, whole.outcome().epochs().size(), "stage 2 was ended by its judge");
    var checkpoints = checkpoints(Duration.ZERO);
    for (int after : new int[] {5, 3}) {
      assertThrows(Interrupted.class, () -> train(SECOND, checkpoints, after));
    }
    assertSame(whole, train(SECOND, checkpoints, Integer.MAX_VALUE));
  }

  @Test
  void patienceEndsAStageWhenNoEpochIsBetterAndSurvivesAnInterruption() throws IOException {
    var whole = undisturbed(FIRST);
    assertEquals(1, whole.outcome().chosen().get(Stage.STAGE1));
    assertEquals(EPOCHS, whole.outcome().chosen().get(Stage.STAGE2));
    assertEquals(2 + EPOCHS, whole.outcome().epochs().size(), "stage 1 ended after its second");
    var checkpoints = checkpoints(Duration.ZERO);
    for (int after : new int[] {3, 4}) {
      assertThrows(Interrupted.class, () -> train(FIRST, checkpoints, after));
    }
    assertSame(whole, train(FIRST, checkpoints, Integer.MAX_VALUE));
  }

  @Test
  void heldOutImagesChooseTheEpochOfLeastLoss() throws IOException {
    var heldOut = new HeldOutSelection(HELD_OUT, TEXTURES, SETTINGS);
    var merits = new ArrayList<Double>();
    Selection observed =
        (stage, model) -> {
          var judge = heldOut.judge(stage, model);
          return new EpochEvaluator() {
            @Override
            public Judgement judge(int epoch) {
              var judgement = judge.judge(epoch);
              assertEquals(judgement, judge.judge(epoch), "judging changes nothing");
              merits.add(judgement.merit().orElseThrow());
              return judgement;
            }

            @Override
            public void close() {
              judge.close();
            }
          };
        };
    var result = train(observed, checkpoints(Duration.ofMinutes(5)), Integer.MAX_VALUE);
    assertEquals(2 * EPOCHS, merits.size());
    assertEquals(best(merits.subList(0, EPOCHS)), result.outcome().chosen().get(Stage.STAGE1));
    assertEquals(
        best(merits.subList(EPOCHS, 2 * EPOCHS)), result.outcome().chosen().get(Stage.STAGE2));
  }

  /** The contrastive alternative, whose first stage changes the teacher's backbone too. */
  @Test
  void aTrainedTeacherIsKeptWithTheRest() throws IOException {
    var settings = SETTINGS.withContrastiveTeacher();
    var every = Duration.ZERO;
    var whole = train(false, settings, Selection.LAST_EPOCH, checkpoints(every), Integer.MAX_VALUE);
    var checkpoints = checkpoints(every);
    for (int after : new int[] {3, 5}) {
      assertThrows(
          Interrupted.class,
          () -> train(false, settings, Selection.LAST_EPOCH, checkpoints, after));
    }
    assertSame(whole, train(false, settings, Selection.LAST_EPOCH, checkpoints, Integer.MAX_VALUE));
  }

  /** RD++ draws noise in every epoch; ST has an optimiser with another state. */
  @ParameterizedTest
  @MethodSource("students")
  void theStudentsOfOtherMethodsResumeToo(Supplier<Model> fresh) throws IOException {
    var every = Duration.ZERO;
    var selection = Selection.LAST_EPOCH;
    var whole = train(fresh, SETTINGS, selection, checkpoints(every), Integer.MAX_VALUE);
    assertEquals(EPOCHS, whole.outcome().epochs().size());
    var checkpoints = checkpoints(every);
    for (int after : new int[] {1, 2}) {
      assertThrows(Interrupted.class, () -> train(fresh, SETTINGS, selection, checkpoints, after));
    }
    assertSame(whole, train(fresh, SETTINGS, selection, checkpoints, Integer.MAX_VALUE));
  }

  static List<Supplier<Model>> students() {
    return List.of(
        () -> TinyModel.create(3, new Scoring.Discrepancy(TinyModel.student().projecting())),
        () -> TinyModel.create(3, new Scoring.StudentTeacher(TinyModel.pyramidStudent())));
  }

  @Test
  void aCheckpointThatIsCutOffIsNamed() throws IOException {
    var checkpoints = checkpoints(Duration.ZERO);
    assertThrows(Interrupted.class, () -> train(Selection.LAST_EPOCH, checkpoints, 3));
    assertTrue(checkpoints.used());
    var file = checkpoints.folder().resolve("checkpoint.bin");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 100));
    var e =
        assertThrows(
            InputException.class,
            () -> train(Selection.LAST_EPOCH, checkpoints, Integer.MAX_VALUE));
    assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.getMessage());
  }

  private static int best(List<Double> merits) {
    int best = 0;
    for (int i = 1; i < merits.size(); i++) {
      best = merits.get(i) > merits.get(best) ? i : best;
    }
    return best + 1;
  }

  private static CheckpointFolder checkpoints(Duration every) throws IOException {
    return new CheckpointFolder(Files.createTempDirectory(folder, "run"), every);
  }

  private static Result undisturbed(Selection selection) throws IOException {
    return train(selection, checkpoints(Duration.ofMinutes(5)), Integer.MAX_VALUE);
  }

  private static Result train(Selection selection, CheckpointFolder checkpoints, int steps) {
    return train(true, SETTINGS, selection, checkpoints, steps);
  }

  private static Result train(
      boolean amplified,
      TrainingSettings settings,
      Selection selection,
      CheckpointFolder checkpoints,
      int steps) {
    return train(() -> TinyModel.create(3, amplified), settings, selection, checkpoints, steps);
  }

  /** Trains until so many steps are done. */
  private static Result train(
      Supplier<Model> fresh,
      TrainingSettings settings,
      Selection selection,
      CheckpointFolder checkpoints,
      int steps) {
    try (var model = fresh.get()) {
      var outcome =
          Training.run(
              model,
              IMAGES,
              TEXTURES,
              settings,
              selection,
              checkpoints,
              new TrainingListener() {
                private int done;

                @Override
                public void onStep(Stage stage) {
                  if (stage != Stage.FEATURES && done++ == steps) {
                    throw new Interrupted();
                  }
                }
              });
      var losses =
          outcome.epochs().stream()
              .map(e -> e.stage() + " " + e.epoch() + " " + new TreeMap<>(e.losses()))
              .toList();
      return new Result(outcome, losses, hash(model));
    }
  }

  private static int hash(Model model) {
    int hash = 0;
    for (var array : model.parameters().all().values()) {
      hash = 31 * hash + Arrays.hashCode(HostValues.read(array));
    }
    return hash;
  }

  private static void assertSame(Result expected, Result actual) {
    assertEquals(expected.losses(), actual.losses());
    assertEquals(expected.outcome().chosen(), actual.outcome().chosen());
    assertEquals(expected.outcome().residuals(), actual.outcome().residuals());
    assertEquals(expected.parameters(), actual.parameters());
  }
}
