package org.aand.train;

import java.util.List;
import org.aand.network.padim.Padim;
import org.aand.runtime.kernel.Workers;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;

/**
 * Fits PaDiM's Gaussians to the features of normal images.
 *
 * <p>The features lie in a file; one row of the map is in memory at a time, of all images.
 *
 * @param model whose Gaussians are set
 * @param padim what they are of
 * @param images the normal images
 * @param settings of the training
 */
record PadimFitting(Model model, Padim padim, TrainingImages images, TrainingSettings settings)
    implements Fitting {
  @Override
  public void fit(TrainingListener listener) {
    var shape = new long[] {padim.height(), padim.width(), padim.channels().size()};
    try (var features = features(shape, listener);
        var workers = new Workers(Runtime.getRuntime().availableProcessors())) {
      listener.onStageStart(Stage.FITTING, padim.height());
      var gaussians = padim.gaussians();
      int columns = padim.width();
      int channels = gaussians.channels();
      float[] means = new float[padim.height() * columns * channels];
      for (int row = 0; row < padim.height(); row++) {
        int first = row * columns * channels;
        float[] points = features.read(images.count(), first, columns * channels);
        float[] whitening = new float[columns * gaussians.triangle()];
        workers.run(
            columns,
            (column, scratch) ->
                new GaussianFit(channels, settings.methods().padim().shrinkage())
                    .fit(
                        points,
                        column * channels,
                        columns * channels,
                        images.count(),
                        means,
                        first + column * channels,
                        whitening,
                        column * gaussians.triangle()));
        model.parameters().set(gaussians.whiteningName(row), whitening);
        listener.onStep(Stage.FITTING);
      }
      model.parameters().set(gaussians.meansName(), means);
      listener.onStageEnd(Stage.FITTING);
    }
  }

  private FeatureFile features(long[] shape, TrainingListener listener) {
    try (var teacher =
        new FrozenFeatures(
            model.teacher(),
            model.parameters(),
            (net, levels) -> List.of(padim.features(net, levels)))) {
      return FeatureFile.compute(teacher, List.of(shape), images, settings, listener);
    }
  }
}
