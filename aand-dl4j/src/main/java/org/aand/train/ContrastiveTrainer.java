package org.aand.train;

import java.util.Map;
import org.aand.io.synthesis.TextureSource;
import org.aand.samediff.Model;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Stage 1 of the contrastive alternative: trains the teacher itself on synthetic anomalies, with
 * the schedule and the locations of stage 1. Stage 2 is the usual one.
 */
final class ContrastiveTrainer extends SyntheticTrainer {
  private final ContrastiveGraph graph;

  ContrastiveTrainer(
      Model model, TrainingImages images, TextureSource textures, TrainingSettings settings) {
    super(model, images, textures, settings);
    this.graph =
        new ContrastiveGraph(model.teacher().backbone(), model.parameters(), DataType.FLOAT);
  }

  @Override
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(batch.images(), batch.levels());
    double loss = graph.loss(outputs);
    graph.update(outputs, optimiser, learningRate);
    return Map.of("total", loss);
  }

  @Override
  BatchLoss<Batch> loss() {
    return batch -> graph.loss(graph.compute(batch.images(), batch.levels()));
  }

  @Override
  public void close() {
    graph.close();
  }
}
