package org.aand.train;

import java.util.ArrayList;
import java.util.List;
import org.aand.io.synthesis.AnomalySynthesis;
import org.aand.io.synthesis.SynthesisStreams;
import org.aand.io.synthesis.TextureSource;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What trains in stage 1: batches of synthetic anomalies, synthesised ahead on loader threads. */
abstract class SyntheticTrainer extends StageTrainer<SyntheticTrainer.Batch> {
  private final Model model;
  private final TrainingImages images;
  private final TextureSource textures;
  private final TrainingSettings settings;
  private final SynthesisStreams synthesisStreams;
  private final AnomalySynthesis synthesis;

  SyntheticTrainer(
      Model model, TrainingImages images, TextureSource textures, TrainingSettings settings) {
    super(Stage.STAGE1, images.count(), settings.stage1Epochs(), settings);
    this.model = model;
    this.images = images;
    this.textures = textures;
    this.settings = settings;
    this.synthesisStreams =
        new SynthesisStreams(streams(), settings.synthesis(), settings.batchSize());
    this.synthesis = new AnomalySynthesis(settings.synthesis(), settings.normalisation()::apply);
  }

  /** Synthetic images and the locations of their anomalies. */
  record Batch(INDArray images, List<LevelSample> levels) implements AutoCloseable {
    @Override
    public void close() {
      images.close();
    }
  }

  @Override
  final Batch load(int epoch, int batch, int[] members) {
    var inputs = new float[members.length][];
    var masks = new ArrayList<byte[]>();
    var foregrounds = new ArrayList<byte[]>();
    for (int i = 0; i < members.length; i++) {
      int image = members[i];
      var foreground = images.foregrounds().get(image);
      var sample =
          synthesis.synthesise(
              settings.normalisation().apply(images.images().get(image)),
              foreground,
              textures,
              images.size().width(),
              images.size().height(),
              synthesisStreams.sample(epoch, image),
              synthesisStreams.augmentation(epoch, image, (long) batch * settings.batchSize() + i));
      inputs[i] = sample.image();
      masks.add(sample.mask());
      foregrounds.add(foreground);
    }
    var levels = new ArrayList<LevelSample>();
    for (var size : model.levelSizes()) {
      levels.add(
          LevelSample.draw(
              LevelMasks.of(masks, images.size(), size),
              LevelMasks.of(foregrounds, images.size(), size),
              settings.stage1().maxNormal(),
              settings.stage1().maxAnomalous(),
              streams().stream("amplification locations", epoch, batch, size.height())));
    }
    return new Batch(Batches.images(inputs, images.size()), levels);
  }
}
