package org.aand.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.Sample;
import org.aand.samediff.AmplificationDetector;
import org.aand.samediff.Detector;
import org.aand.samediff.Model;
import org.aand.train.EpochEvaluator;
import org.aand.train.EpochEvaluator.Judgement;
import org.aand.train.LevelMasks;
import org.aand.train.Selection;
import org.aand.train.TrainingListener.Stage;

/**
 * The released code's choice of the epoch: the one that does best on the test set. Optimistic.
 *
 * <p>The test set is evaluated after the first and every fifth epoch; the epochs from the tenth on
 * can be chosen. Metrics are rounded to three decimals.
 *
 * <ul>
 *   <li>stage 1: greatest mean precision of the gates over one half, against the true masks; ends
 *       at an image AUROC of 1 of frozen against amplified features after the 31st epoch. Without
 *       gates there is no such precision, and the last epoch is taken.
 *   <li>stage 2: greatest sum of image and pixel AUROC; ends at an image AUROC of 1 from the tenth
 *       epoch on
 * </ul>
 *
 * @param samples the test set
 * @param preprocessing of its images
 * @param skipBad whether an unusable image is left out
 */
public record TestSetSelection(List<Sample> samples, Preprocessing preprocessing, boolean skipBad)
    implements Selection {
  /** The first epoch, from 1, that can be chosen. */
  public static final int FIRST = 10;

  private static final int EVERY = 5;
  private static final int NO_CHOICE_UP_TO = 5;
  private static final int STAGE1_NO_STOP_UP_TO = 30;
  private static final double HALF = 0.5;

  @Override
  public EpochEvaluator judge(Stage stage, Model model) {
    if (stage != Stage.STAGE1) {
      return epoch -> looksAt(epoch) ? detection(epoch, model) : Judgement.NONE;
    }
    if (model.teacher().gated()) {
      return epoch -> looksAt(epoch) ? amplification(epoch, model) : Judgement.NONE;
    }
    return LAST_EPOCH.judge(stage, model);
  }

  /** Whether the test set is evaluated after an epoch, from 0. */
  static boolean looksAt(int epoch) {
    return epoch == 0 || (epoch + 1) % EVERY == 0;
  }

  private Judgement detection(int epoch, Model model) {
    try (var detector = new Detector(model)) {
      var metrics =
          Evaluation.of(detector::detect, samples, preprocessing, skipBad, n -> {}).metrics();
      double image = rounded(metrics.imageAuroc());
      return stage2(epoch, image, rounded(metrics.pixelAuroc()));
    }
  }

  /** What is said of an epoch of stage 2 by its metrics; NaN where there is none. */
  static Judgement stage2(int epoch, double imageAuroc, double pixelAuroc) {
    boolean late = epoch > NO_CHOICE_UP_TO;
    return new Judgement(
        late ? OptionalDouble.of(imageAuroc + pixelAuroc) : OptionalDouble.empty(),
        late && imageAuroc == 1);
  }

  private Judgement amplification(int epoch, Model model) {
    var gates = new ArrayList<List<double[]>>();
    try (var detector = new AmplificationDetector(model)) {
      var evaluation =
          Evaluation.of(
              image -> {
                var found = detector.detect(image);
                gates.add(found.gates());
                return found.prediction();
              },
              samples,
              preprocessing,
              skipBad,
              n -> {});
      double precision = 0;
      int counted = 0;
      for (int i = 0; i < gates.size(); i++) {
        var image = evaluation.images().get(i);
        byte[] mask = image.mask();
        if (mask == null && image.defective()) {
          continue;
        }
        precision += precision(gates.get(i), mask == null ? new byte[0] : mask, model);
        counted++;
      }
      return stage1(
          epoch,
          rounded(evaluation.metrics().imageAuroc()),
          counted == 0 ? Double.NaN : precision / counted);
    }
  }

  /** What is said of an epoch of stage 1 by its metrics; NaN where there is none. */
  static Judgement stage1(int epoch, double imageAuroc, double precision) {
    return new Judgement(
        epoch > NO_CHOICE_UP_TO ? OptionalDouble.of(precision) : OptionalDouble.empty(),
        epoch > STAGE1_NO_STOP_UP_TO && imageAuroc == 1);
  }

  /**
   * The precision of an image's gates over one half, averaged over the levels; 0 at a level where
   * none is, or where nothing is anomalous.
   *
   * @param mask {@code [S, S]}; empty for a normal image
   */
  private double precision(List<double[]> gates, byte[] mask, Model model) {
    double sum = 0;
    for (int level = 0; mask.length > 0 && level < gates.size(); level++) {
      boolean[] anomalous =
          LevelMasks.of(List.of(mask), preprocessing.size(), model.levelSizes().get(level));
      double[] gate = gates.get(level);
      int predicted = 0;
      int right = 0;
      for (int i = 0; i < gate.length; i++) {
        if (gate[i] > HALF) {
          predicted++;
          right += anomalous[i] ? 1 : 0;
        }
      }
      sum += predicted == 0 ? 0 : (double) right / predicted;
    }
    return sum / gates.size();
  }

  private static double rounded(OptionalDouble value) {
    return value.isPresent() ? Math.rint(value.getAsDouble() * 1000) / 1000 : Double.NaN;
  }
}
