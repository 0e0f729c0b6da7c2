package org.aand.train;

import java.util.List;
import java.util.Map;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.nn.HostValues;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a discriminator on normal images: the SimpleNet-style alternative.
 *
 * <p>Learning rates, noise and Adam's constants are SimpleNet's; the numbers of epochs and images a
 * step are stage 2's, and the rates follow its drops. The teacher does not change, so the patch
 * features are computed once.
 */
final class DiscriminatorTrainer extends StageTrainer<DiscriminatorTrainer.Batch> {
  private static final double NOISE = 0.015;
  private static final double ADAPTOR_RATE = 1e-4;
  private static final double DISCRIMINATOR_RATE = 2e-4;
  private static final double WEIGHT_DECAY = 1e-5;
  private static final Adam.Options ADAM = new Adam.Options(0.9, 0.999, 1e-8);

  private final double baseRate;
  private final long[] shape;
  private final FeatureFile features;
  private final DiscriminatorGraph graph;

  /** Computes the features. */
  DiscriminatorTrainer(
      Model model,
      Discriminator discriminator,
      TrainingImages images,
      TrainingSettings settings,
      TrainingListener listener) {
    super(Stage.DISCRIMINATOR, images.count(), settings.stage2Epochs(), settings.withAdam(ADAM));
    var size = model.levelSizes().get(1);
    baseRate = settings.schedule().base();
    shape = new long[] {size.height(), size.width(), discriminator.channels()};
    try (var teacher =
        new FrozenFeatures(
            model.teacher(),
            model.parameters(),
            (net, levels) -> List.of(PatchFeatures.of(net, levels)))) {
      features = FeatureFile.compute(teacher, List.of(shape), images, settings, listener);
    }
    graph = new DiscriminatorGraph(discriminator, model.parameters(), DataType.FLOAT);
  }

  /** Patch features of some images, and noise. */
  record Batch(INDArray features, INDArray noise) implements AutoCloseable {
    @Override
    public void close() {
      features.close();
      noise.close();
    }
  }

  @Override
  Batch load(int epoch, int batch, int[] members) {
    var random = streams().stream("feature noise", epoch, batch);
    float[] noise = new float[Math.toIntExact(members.length * shape[0] * shape[1] * shape[2])];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) (NOISE * random.nextGaussian());
    }
    return new Batch(
        features.read(members).get(0),
        HostValues.array(noise, members.length, shape[0], shape[1], shape[2]));
  }

  @Override
  Map<String, Double> step(Batch batch, Adam adam, double learningRate) {
    var outputs = graph.compute(batch.features, batch.noise);
    double loss = graph.loss(outputs);
    double drop = learningRate / baseRate;
    graph.update(
        outputs,
        adam,
        name -> drop * (Discriminator.ofAdaptor(name) ? ADAPTOR_RATE : DISCRIMINATOR_RATE),
        WEIGHT_DECAY);
    return Map.of("total", loss);
  }

  @Override
  BatchLoss<Batch> loss() {
    return batch -> graph.loss(graph.compute(batch.features, batch.noise));
  }

  @Override
  public void close() {
    graph.close();
    features.close();
  }
}
