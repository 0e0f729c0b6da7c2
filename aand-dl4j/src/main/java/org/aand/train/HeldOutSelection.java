package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.OptionalDouble;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.detect.Model;
import org.aand.io.synthesis.TextureSource;
import org.aand.loss.DistillationLoss;
import org.aand.nn.NetGraph;
import org.aand.nn.WeightedSum;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The epoch of least loss on good images that are not trained on.
 *
 * <p>In stage 1 they bear synthetic anomalies that are the same after every epoch; in stage 2 the
 * student is taken as it is in use, with its running statistics. No test image is looked at.
 *
 * @param images that are not trained on
 * @param textures what their synthetic anomalies are made of
 * @param settings of the training
 */
public record HeldOutSelection(
    TrainingImages images, TextureSource textures, TrainingSettings settings)
    implements Selection {
  /** Images at a time; beside a training little memory is left. */
  private static final int BATCH = 4;

  /** Few images at a time. */
  public HeldOutSelection {
    settings = settings.withBatchSize(Math.min(BATCH, settings.batchSize()));
  }

  @Override
  public EpochJudge judge(Stage stage, Model model) {
    return switch (stage) {
      case STAGE1 -> new Amplification(new Stage1Trainer(model, images, textures, settings));
      case STAGE2 -> new Reconstruction(model, images, settings);
      case FEATURES -> throw new IllegalArgumentException("features are not trained");
    };
  }

  private static EpochJudge.Judgement least(double loss) {
    return new EpochJudge.Judgement(OptionalDouble.of(-loss), false);
  }

  private record Amplification(Stage1Trainer stage) implements EpochJudge {
    @Override
    public Judgement judge(int epoch) {
      return least(stage.loss());
    }

    @Override
    public void close() {
      stage.close();
    }
  }

  /** Stage 2's loss of the student in use. */
  private static final class Reconstruction implements EpochJudge {
    private final Model model;
    private final TrainingSettings settings;
    private final Batches order;
    private final int count;
    private final FeatureFile features;

    Reconstruction(Model model, TrainingImages images, TrainingSettings settings) {
      this.model = model;
      this.settings = settings;
      count = images.count();
      order = Batches.inOrder(count, settings.batchSize());
      features = Stage2Trainer.features(model, images, settings, new TrainingListener() {});
    }

    @Override
    public Judgement judge(int epoch) {
      try (var net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT)) {
        var inputs =
            IntStream.range(0, model.levelSizes().length)
                .mapToObj(i -> net.input("features_" + i))
                .toList();
        var total = total(inputs, model.student().build(net, inputs));
        try (var program = net.program(List.of(total))) {
          double mean = 0;
          for (int b = 0; b < order.count(); b++) {
            var batch = features.read(order.get(b));
            var feeds = new HashMap<String, INDArray>();
            for (int i = 0; i < batch.size(); i++) {
              feeds.put(inputs.get(i).name(), batch.get(i));
            }
            mean += program.run(feeds).scalar(total) * order.get(b).length / count;
            batch.forEach(INDArray::close);
          }
          return least(mean);
        }
      }
    }

    private SDVariable total(List<SDVariable> teacher, List<SDVariable> student) {
      var terms = new ArrayList<SDVariable>();
      double[] weights = new double[2 * teacher.size()];
      for (int i = 0; i < teacher.size(); i++) {
        var parts =
            DistillationLoss.of(teacher.get(i), student.get(i), settings.stage2().hardest());
        terms.add(parts.hard());
        weights[2 * i] = settings.stage2().hardWeight();
        terms.add(parts.global());
        weights[2 * i + 1] = 1;
      }
      return WeightedSum.of(terms, weights);
    }

    @Override
    public void close() {
      features.close();
    }
  }
}
