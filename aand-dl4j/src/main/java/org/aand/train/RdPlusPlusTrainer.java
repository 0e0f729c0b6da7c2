package org.aand.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.io.synthesis.NoisyRectangle;
import org.aand.network.student.Student;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * RD++'s stage 2: trains projection layers, bottleneck and decoder on pairs of normal images and
 * the same with noise.
 *
 * <p>The features of the images are computed once, those of the noisy ones anew in every step, as
 * every epoch has other noise. The schedule is stage 2's, whose learning rate is the released
 * code's; the projection layers have a fifth of it, as there.
 */
final class RdPlusPlusTrainer extends StageTrainer<RdPlusPlusTrainer.Batch> {
  private static final RdPlusPlusGraph.Options OPTIONS = new RdPlusPlusGraph.Options();

  private final Model model;
  private final TrainingImages images;
  private final TrainingSettings settings;
  private final NoisyRectangle noise;
  private final FeatureFile features;
  private final FrozenFeatures teacher;
  private final RdPlusPlusGraph graph;

  /** Computes the features of the images. */
  RdPlusPlusTrainer(
      Model model, TrainingImages images, TrainingSettings settings, TrainingListener listener) {
    super(Stage.STAGE2, images.count(), settings.stage2Epochs(), settings);
    this.model = model;
    this.images = images;
    this.settings = settings;
    noise = new NoisyRectangle(images.size(), settings.normalisation());
    features = FeatureFile.ofLevels(model, images, settings, listener);
    teacher = new FrozenFeatures(model.teacher(), model.parameters());
    graph = new RdPlusPlusGraph(model.student(), model.parameters(), OPTIONS, DataType.FLOAT);
  }

  /** The features of some images, one map a level, and the images with noise. */
  record Batch(List<INDArray> features, INDArray noisy) implements AutoCloseable {
    @Override
    public void close() {
      features.forEach(INDArray::close);
      noisy.close();
    }
  }

  @Override
  Batch load(int epoch, int batch, int[] members) {
    var noisy = new float[members.length][];
    for (int i = 0; i < members.length; i++) {
      noisy[i] =
          noise.of(
              settings.normalisation().apply(images.images().get(members[i])),
              streams().stream("simplex noise", epoch, members[i]));
    }
    return new Batch(features.read(members), Batches.images(noisy, images.size()));
  }

  @Override
  Map<String, Double> step(Batch batch, Optimiser optimiser, double learningRate) {
    var outputs = graph.compute(batch.features, teacher.of(batch.noisy));
    var losses = graph.losses(outputs);
    graph.update(
        outputs,
        optimiser,
        name -> Student.ofProjection(name) ? OPTIONS.rate() * learningRate : learningRate,
        name -> 0);
    var named = new LinkedHashMap<String, Double>();
    named.put("distillation", losses.distillation());
    named.put("transport", losses.transport());
    named.put("reconstruction", losses.reconstruction());
    named.put("contrast", losses.contrast());
    named.put("total", losses.total());
    return named;
  }

  /** The distillation of the student in use, with its running statistics. */
  @Override
  BatchLoss<Batch> loss() {
    return new LossInUse<>(
        model.parameters(),
        net -> Stage2Graph.loss(net, model.student(), Stage2Graph.Options.reverseDistillation()),
        batch -> Stage2Graph.feeds(batch.features));
  }

  @Override
  public void close() {
    graph.close();
    teacher.close();
    features.close();
  }
}
