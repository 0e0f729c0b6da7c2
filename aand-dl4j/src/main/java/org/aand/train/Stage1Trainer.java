package org.aand.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aand.io.synthesis.TextureSource;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.samediff.Model;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Stage 1: trains the RAA modules on synthetic anomalies.
 *
 * <p>The plain teacher sees every synthetic image once; the modules train on its features.
 */
final class Stage1Trainer extends SyntheticTrainer {
  /** The intensity of residuals is measured on so many synthetic images, the same every time. */
  private static final int OBSERVED_IMAGES = 16;

  /** As whose epoch those images are drawn, so that none of them is one of the training's. */
  private static final int OBSERVED_EPOCH = -1;

  private final Model model;
  private final int observed;
  private final FrozenFeatures teacher;
  private final Stage1Graph graph;

  Stage1Trainer(
      Model model, TrainingImages images, TextureSource textures, TrainingSettings settings) {
    super(model, images, textures, settings);
    this.model = model;
    this.observed = Math.min(OBSERVED_IMAGES, images.count());
    var plain = AmplifiedTeacher.plain(model.teacher().backbone());
    this.teacher = new FrozenFeatures(plain, model.parameters());
    this.graph =
        new Stage1Graph(
            model.teacher().modules(), model.parameters(), settings.stage1(), DataType.FLOAT);
  }

  @Override
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(teacher.of(batch.images()), batch.levels());
    var losses = graph.losses(outputs);
    graph.update(outputs, optimiser, learningRate);
    var named = new LinkedHashMap<String, Double>();
    if (model.teacher().gated()) {
      named.put("focal", losses.focal());
    }
    if (model.teacher().generates()) {
      named.put("amplification", losses.amplification());
    }
    named.put("total", losses.total());
    return named;
  }

  @Override
  BatchLoss<Batch> loss() {
    return batch -> graph.losses(graph.compute(teacher.of(batch.images()), batch.levels())).total();
  }

  @Override
  Optional<ResidualIntensity> observe(int epochsDone) {
    if (!model.teacher().generates()) {
      return Optional.empty();
    }
    var members = IntStream.range(0, observed).toArray();
    try (var batch = load(OBSERVED_EPOCH, 0, members);
        var probe = new ResidualProbe(model.teacher().modules(), model.parameters())) {
      var levels = probe.measure(teacher.of(batch.images()), batch.levels());
      return Optional.of(new ResidualIntensity(epochsDone, levels));
    }
  }

  @Override
  public void close() {
    graph.close();
    teacher.close();
  }
}
