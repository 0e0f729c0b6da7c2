package org.aand.train;

import java.util.List;
import java.util.Map;
import org.aand.network.student.PyramidStudent;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Trains the student of student-teacher feature pyramid matching on normal images.
 *
 * <p>Learning rate, momentum and weight decay are the paper's; the rate is for its batches of 32,
 * and with smaller ones it is left as it is, for short trainings. It follows the schedule's drops,
 * which the paper does not have.
 */
final class PyramidTrainer extends StageTrainer<PyramidTrainer.Batch> {
  private static final double RATE = 0.4;
  private static final double MOMENTUM = 0.9;
  private static final double WEIGHT_DECAY = 1e-4;

  private final Model model;
  private final PyramidStudent student;
  private final TrainingImages images;
  private final TrainingSettings settings;
  private final FeatureFile features;
  private final PyramidGraph graph;

  /** Computes the teacher's features. */
  PyramidTrainer(
      Model model,
      PyramidStudent student,
      TrainingImages images,
      TrainingSettings settings,
      TrainingListener listener) {
    super(Stage.STAGE2, images.count(), settings.stage2Epochs(), settings);
    this.model = model;
    this.student = student;
    this.images = images;
    this.settings = settings;
    features = FeatureFile.ofLevels(model, images, settings, listener);
    graph = new PyramidGraph(student, model.parameters(), DataType.FLOAT);
  }

  /** Some images and the teacher's features of them, one map a level. */
  record Batch(INDArray images, List<INDArray> features) implements AutoCloseable {
    @Override
    public void close() {
      images.close();
      features.forEach(INDArray::close);
    }
  }

  @Override
  Batch load(int epoch, int batch, int[] members) {
    var inputs = new float[members.length][];
    for (int i = 0; i < members.length; i++) {
      inputs[i] = settings.normalisation().apply(images.images().get(members[i]));
    }
    return new Batch(Batches.images(inputs, images.size()), features.read(members));
  }

  @Override
  Optimiser optimiser() {
    return new Momentum(MOMENTUM);
  }

  @Override
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(batch.images, batch.features);
    double loss = graph.loss(outputs);
    double drop = learningRate / settings.schedule().base();
    graph.update(outputs, optimiser, name -> drop * RATE, name -> WEIGHT_DECAY);
    return Map.of("total", loss);
  }

  /** Of the student in use, with its running statistics. */
  @Override
  BatchLoss<Batch> loss() {
    return new LossInUse<>(
        model.parameters(),
        net -> PyramidGraph.loss(net, student),
        batch -> PyramidGraph.feeds(batch.images, batch.features));
  }

  @Override
  public void close() {
    graph.close();
    features.close();
  }
}
