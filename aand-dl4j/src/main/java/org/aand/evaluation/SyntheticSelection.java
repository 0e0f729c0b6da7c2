package org.aand.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;
import org.aand.detect.Prediction;
import org.aand.io.synthesis.AnomalySynthesis;
import org.aand.io.synthesis.SyntheticSample;
import org.aand.io.synthesis.TextureSource;
import org.aand.metrics.AnomalyMetrics;
import org.aand.samediff.AmplificationDetector;
import org.aand.samediff.Detector;
import org.aand.samediff.Model;
import org.aand.train.EpochEvaluator;
import org.aand.train.Selection;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingListener.Stage;
import org.aand.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * The epoch that finds synthetic anomalies best, on normal images that are not trained on; a stage
 * ends early when {@value #PATIENCE} epochs in a row were no better. No test image is used.
 *
 * <p>Every held-out image, of at most {@value #MOST}, is taken as it is and {@value #DRAWS} times
 * with a synthetic anomaly; the images are the same after every epoch. An epoch is judged by the
 * sum of image AUROC and AUPRO to a false-positive rate of 0.3, in stage 1 of frozen against
 * amplified features.
 */
public final class SyntheticSelection implements Selection {
  /** Epochs without improvement that end a stage. */
  public static final int PATIENCE = 3;

  /** So many held-out images are taken at most, evenly from their list. */
  public static final int MOST = 40;

  /** Synthetic anomalies that are drawn for every held-out image. */
  public static final int DRAWS = 2;

  private final ImageSize size;
  private final List<SyntheticSample> samples;

  /**
   * Draws the anomalies.
   *
   * @param images that are not trained on
   * @param textures what their synthetic anomalies are made of
   * @param settings of the training, whose seed decides
   */
  public SyntheticSelection(
      TrainingImages images, TextureSource textures, TrainingSettings settings) {
    size = images.size();
    samples = samples(images, textures, settings);
  }

  /** How many images are detected in after an epoch, for so many held-out ones. */
  public static int detections(int heldOut) {
    return Math.min(heldOut, MOST) * (1 + DRAWS);
  }

  private static List<SyntheticSample> samples(
      TrainingImages images, TextureSource textures, TrainingSettings settings) {
    var synthesis =
        new AnomalySynthesis(
            settings.synthesis().withAnomalyProbability(1), settings.normalisation()::apply);
    var streams = new RandomStreams(settings.seed());
    var size = images.size();
    var samples = new ArrayList<SyntheticSample>();
    for (int i : Draws.evenly(IntStream.range(0, images.count()).boxed().toList(), MOST)) {
      float[] image = settings.normalisation().apply(images.images().get(i));
      samples.add(new SyntheticSample(image, new byte[size.pixels()], false));
      for (int draw = 0; draw < DRAWS; draw++) {
        var sample =
            synthesis.synthesise(
                image,
                images.foregrounds().get(i),
                textures,
                size.width(),
                size.height(),
                streams.stream("synthetic selection", i, draw),
                streams.stream("synthetic selection's augmentation", i, draw));
        if (sample.anomalous()) {
          samples.add(sample);
        }
      }
    }
    return List.copyOf(samples);
  }

  @Override
  public EpochEvaluator judge(Stage stage, Model model) {
    if (stage == Stage.STAGE1 && !model.teacher().gated()) {
      return LAST_EPOCH.judge(stage, model);
    }
    return new EpochEvaluator() {
      @Override
      public Judgement judge(int epoch) {
        return new Judgement(merit(stage, model), false);
      }

      @Override
      public int patience() {
        return PATIENCE;
      }
    };
  }

  private OptionalDouble merit(Stage stage, Model model) {
    if (stage == Stage.STAGE1) {
      try (var detector = new AmplificationDetector(model)) {
        return merit(image -> detector.detect(image).prediction());
      }
    }
    try (var detector = new Detector(model)) {
      return merit(detector::detect);
    }
  }

  /**
   * How well a detector tells synthetic anomalies: image AUROC plus AUPRO, in [0, 2]; empty where
   * no image could take an anomaly.
   */
  public OptionalDouble merit(Function<float[], Prediction> detector) {
    float[] scores = new float[samples.size()];
    boolean[] anomalous = new boolean[samples.size()];
    var maps = new ArrayList<float[]>();
    var masks = new ArrayList<byte @Nullable []>();
    for (int i = 0; i < scores.length; i++) {
      var found = detector.apply(samples.get(i).image());
      scores[i] = found.score();
      anomalous[i] = samples.get(i).anomalous();
      maps.add(found.map());
      masks.add(samples.get(i).mask());
    }
    var metrics = AnomalyMetrics.of(scores, anomalous, maps, masks, size.width(), size.height());
    return metrics.imageAuroc().isPresent() && metrics.aupro().isPresent()
        ? OptionalDouble.of(metrics.imageAuroc().getAsDouble() + metrics.aupro().getAsDouble())
        : OptionalDouble.empty();
  }
}
