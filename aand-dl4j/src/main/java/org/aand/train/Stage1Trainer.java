package org.aand.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.detect.Model;
import org.aand.io.synthesis.AnomalySynthesis;
import org.aand.io.synthesis.SynthesisStreams;
import org.aand.io.synthesis.TextureSource;
import org.aand.raa.AmplifiedTeacher;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stage 1: trains the RAA modules on synthetic anomalies.
 *
 * <p>The plain teacher sees every synthetic image once; the modules train on its features. Loader
 * threads synthesise ahead of the training.
 */
final class Stage1Trainer extends StageTrainer<Stage1Trainer.Batch> implements AutoCloseable {
  /** The epoch of synthetic anomalies that held-out images get. */
  private static final int HELD_OUT = -1;

  private final Model model;
  private final TrainingImages images;
  private final TextureSource textures;
  private final TrainingSettings settings;
  private final SynthesisStreams synthesisStreams;
  private final AnomalySynthesis synthesis;
  private final FrozenFeatures teacher;
  private final Stage1Graph graph;

  Stage1Trainer(
      Model model, TrainingImages images, TextureSource textures, TrainingSettings settings) {
    super(Stage.STAGE1, images.count(), settings.stage1Epochs(), settings);
    this.model = model;
    this.images = images;
    this.textures = textures;
    this.settings = settings;
    this.synthesisStreams =
        new SynthesisStreams(streams(), settings.synthesis(), settings.batchSize());
    this.synthesis = new AnomalySynthesis(settings.synthesis(), settings.normalisation()::apply);
    var plain = AmplifiedTeacher.plain(model.teacher().backbone());
    this.teacher = new FrozenFeatures(plain, model.parameters());
    this.graph =
        new Stage1Graph(
            model.teacher().modules(), model.parameters(), settings.stage1(), DataType.FLOAT);
  }

  /** Synthetic images and the locations of their anomalies. */
  record Batch(INDArray images, List<LevelSample> levels) implements AutoCloseable {
    @Override
    public void close() {
      images.close();
    }
  }

  @Override
  Map<String, Double> step(Batch batch, Adam adam, double learningRate) {
    var outputs = graph.compute(teacher.of(batch.images), batch.levels);
    var losses = graph.losses(outputs);
    graph.update(outputs, adam, learningRate);
    var named = new LinkedHashMap<String, Double>();
    named.put("focal", losses.focal());
    named.put("amplification", losses.amplification());
    named.put("total", losses.total());
    return named;
  }

  /**
   * The mean total loss over all images with anomalies that no epoch of training has; changes
   * nothing.
   */
  double loss() {
    double mean = 0;
    var order = Batches.inOrder(images.count(), settings.batchSize());
    for (int b = 0; b < order.count(); b++) {
      int[] members = order.get(b);
      try (var batch = load(HELD_OUT, b, members)) {
        var outputs = graph.compute(teacher.of(batch.images), batch.levels);
        mean += graph.losses(outputs).total() * members.length / images.count();
      }
    }
    return mean;
  }

  @Override
  Batch load(int epoch, int batch, int[] members) {
    var inputs = new float[members.length][];
    var masks = new ArrayList<byte[]>();
    var foregrounds = new ArrayList<byte[]>();
    for (int i = 0; i < members.length; i++) {
      int image = members[i];
      var foreground = images.foregrounds().get(image);
      var sample =
          synthesis.synthesise(
              settings.normalisation().apply(images.pictures().get(image)),
              foreground,
              textures,
              images.size(),
              images.size(),
              synthesisStreams.sample(epoch, image),
              synthesisStreams.augmentation(epoch, image, (long) batch * settings.batchSize() + i));
      inputs[i] = sample.image();
      masks.add(sample.mask());
      foregrounds.add(foreground);
    }
    var levels = new ArrayList<LevelSample>();
    for (int size : model.levelSizes()) {
      levels.add(
          LevelSample.draw(
              LevelMasks.of(masks, images.size(), size),
              LevelMasks.of(foregrounds, images.size(), size),
              settings.stage1().maxNormal(),
              settings.stage1().maxAnomalous(),
              streams().stream("amplification locations", epoch, batch, size)));
    }
    return new Batch(Batches.images(inputs, images.size()), levels);
  }

  @Override
  public void close() {
    graph.close();
    teacher.close();
  }
}
