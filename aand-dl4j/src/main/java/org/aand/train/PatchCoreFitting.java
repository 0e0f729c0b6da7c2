package org.aand.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.runtime.kernel.Workers;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.aand.train.coreset.GreedyCoreset;
import org.aand.train.coreset.Points;
import org.aand.train.coreset.RandomProjection;

/**
 * Fills PatchCore's memory bank from the backbone's patch features of normal images, which no RAA
 * module has amplified, by the greedy coreset of their random projections.
 *
 * <p>The features lie in a file; in memory are their projections and the bank.
 *
 * @param model whose bank is filled
 * @param patchCore how large the bank is
 * @param images the normal images
 * @param settings of the training
 */
record PatchCoreFitting(
    Model model, PatchCore patchCore, TrainingImages images, TrainingSettings settings)
    implements Fitting {
  @Override
  public void fit(TrainingListener listener) {
    try (var features = features(listener);
        var workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      listener.onStageStart(Stage.FITTING, patchCore.items());
      var streams = new RandomStreams(settings.seed());
      int[] chosen =
          GreedyCoreset.choose(
              projected(features, streams, workers),
              patchCore.items(),
              streams.stream("coreset starting points"),
              workers,
              count -> listener.onStep(Stage.FITTING));
      model.parameters().set(patchCore.bank().name(), gathered(features, chosen));
      listener.onStageEnd(Stage.FITTING);
    }
  }

  private FeatureFile features(TrainingListener listener) {
    var size = model.levelSizes().get(1);
    var shape = new long[] {size.height(), size.width(), patchCore.channels()};
    try (var teacher =
        new FrozenFeatures(
            AmplifiedTeacher.plain(model.teacher().backbone()),
            model.parameters(),
            (net, levels) -> List.of(PatchFeatures.of(net, levels)))) {
      return FeatureFile.compute(teacher, List.of(shape), images, settings, listener);
    }
  }

  private Points projected(FeatureFile features, RandomStreams streams, Workers workers) {
    var projection =
        new RandomProjection(
            patchCore.channels(), GreedyCoreset.DIMENSIONS, streams.stream("coreset projection"));
    var parts = new ArrayList<float[]>();
    for (int i = 0; i < images.count(); i++) {
      parts.add(projection.of(workers, features.read(i)));
    }
    return new Points(parts, projection.dimensions());
  }

  /** The chosen patches in the order of the choice; every image is read once. */
  private float[] gathered(FeatureFile features, int[] chosen) {
    int channels = patchCore.channels();
    int each = model.levelSizes().get(1).pixels();
    float[] bank = new float[Math.multiplyExact(chosen.length, channels)];
    var byImage =
        IntStream.range(0, chosen.length)
            .boxed()
            .collect(Collectors.groupingBy(item -> chosen[item] / each));
    byImage.forEach(
        (image, items) -> {
          float[] values = features.read(image);
          for (int item : items) {
            int from = chosen[item] % each * channels;
            System.arraycopy(values, from, bank, item * channels, channels);
          }
        });
    return bank;
  }
}
