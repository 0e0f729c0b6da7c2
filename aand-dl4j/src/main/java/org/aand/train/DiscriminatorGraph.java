package org.aand.train;

import java.util.List;
import java.util.Map;
import org.aand.loss.TruncatedLoss;
import org.aand.network.discriminator.Discriminator;
import org.aand.nn.NoisyPairs;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of a discriminator: adapted patch features of normal images, and the same with
 * noise added.
 */
final class DiscriminatorGraph extends TrainingGraph {
  private final SDVariable total;

  /**
   * @param parameters of the discriminator; updated in place, stay the caller's
   */
  DiscriminatorGraph(Discriminator discriminator, Parameters parameters, DataType type) {
    super(parameters, type);
    var net = net();
    var adapted = discriminator.adapt(net, net.input("features"));
    var pairs = NoisyPairs.of(adapted, net.input("noise"));
    total = TruncatedLoss.of(discriminator.score(net, pairs), Discriminator.MARGIN);
    minimise(total, List.of());
  }

  /**
   * Loss and gradients of a batch.
   *
   * @param features patch features {@code [N, h, h, C]}
   * @param noise of the same shape
   */
  Outputs compute(INDArray features, INDArray noise) {
    return step().compute(Map.of("features", features, "noise", noise));
  }

  /** The loss in what {@link #compute} gave. */
  double loss(Outputs outputs) {
    return outputs.scalar(total);
  }
}
