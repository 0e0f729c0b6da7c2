package org.aand.train;

import java.util.List;
import java.util.Map;
import org.aand.network.discriminator.Discriminator;
import org.aand.nn.HostValues;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains a discriminator on normal images: SimpleNet, and the SimpleNet-style alternative.
 *
 * <p>Learning rates, noise and Adam's constants are SimpleNet's. Its released code trains 40 times
 * 4 epochs in batches of 8 at constant rates, and lets the adaptor's weights decay beside the
 * gradient (AdamW) and the discriminator's with it; so does this for SimpleNet, but for the numbers
 * of epochs and images a step, which are stage 2's. The alternative follows stage 2's drops of the
 * rate, and all of its weights decay with the gradient. The teacher does not change, so the patch
 * features are computed once.
 */
final class DiscriminatorTrainer extends StageTrainer<DiscriminatorTrainer.Batch> {
  private static final double NOISE = 0.015;
  private static final double ADAPTOR_RATE = 1e-4;
  private static final double DISCRIMINATOR_RATE = 2e-4;
  private static final double WEIGHT_DECAY = 1e-5;

  /** AdamW's, of a parameter's value times its rate. */
  private static final double ADAPTOR_DECAY = 0.01;

  private static final Adam.Options ADAM = new Adam.Options(0.9, 0.999, 1e-8);

  private final Parameters parameters;
  private final boolean published;
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
    parameters = model.parameters();
    published = discriminator.pooling().isPresent();
    baseRate = settings.schedule().base();
    shape = new long[] {size.height(), size.width(), discriminator.channels()};
    try (var teacher =
        new FrozenFeatures(
            model.teacher(),
            model.parameters(),
            (net, levels) -> List.of(discriminator.patches(net, levels)))) {
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
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(batch.features, batch.noise);
    double loss = graph.loss(outputs);
    double drop = published ? 1 : learningRate / baseRate;
    if (published) {
      decayAdaptor();
    }
    graph.update(
        outputs,
        optimiser,
        name -> drop * (Discriminator.ofAdaptor(name) ? ADAPTOR_RATE : DISCRIMINATOR_RATE),
        name -> published && Discriminator.ofAdaptor(name) ? 0 : WEIGHT_DECAY);
    return Map.of("total", loss);
  }

  private void decayAdaptor() {
    parameters.all().entrySet().stream()
        .filter(parameter -> Discriminator.ofAdaptor(parameter.getKey()))
        .forEach(parameter -> parameter.getValue().muli(1 - ADAPTOR_RATE * ADAPTOR_DECAY));
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
