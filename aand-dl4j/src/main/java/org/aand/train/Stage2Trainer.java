package org.aand.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Stage 2: trains bottleneck and decoder on normal images. With RD's loss and a teacher without
 * modules this is RD.
 *
 * <p>Neither images nor teacher change, so the (amplified) features are computed once.
 */
final class Stage2Trainer extends StageTrainer<Stage2Trainer.Batch> {
  private final FeatureFile features;
  private final Stage2Graph graph;
  private final Model model;
  private final Stage2Graph.Options options;

  /** Computes the features. */
  Stage2Trainer(
      Model model, TrainingImages images, TrainingSettings settings, TrainingListener listener) {
    super(Stage.STAGE2, images.count(), settings.stage2Epochs(), settings);
    features = FeatureFile.ofLevels(model, images, settings, listener);
    this.model = model;
    options = settings.stage2();
    graph = new Stage2Graph(model.student(), model.parameters(), settings.stage2(), DataType.FLOAT);
  }

  /** The features of some images, one map a level. */
  record Batch(List<INDArray> features) implements AutoCloseable {
    @Override
    public void close() {
      features.forEach(INDArray::close);
    }
  }

  @Override
  Batch load(int epoch, int batch, int[] members) {
    return new Batch(features.read(members));
  }

  @Override
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(batch.features);
    var losses = graph.losses(outputs);
    graph.update(outputs, optimiser, learningRate);
    var named = new LinkedHashMap<String, Double>();
    named.put("hard", losses.hard());
    named.put("global", losses.global());
    named.put("total", losses.total());
    return named;
  }

  /** Of the student in use, with its running statistics. */
  @Override
  BatchLoss<Batch> loss() {
    return new LossInUse<>(
        model.parameters(),
        net -> Stage2Graph.loss(net, model.student(), options),
        batch -> Stage2Graph.feeds(batch.features));
  }

  @Override
  public void close() {
    graph.close();
    features.close();
  }
}
