package org.aand.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.aand.loss.DistillationLoss;
import org.aand.loss.SinkhornDivergence;
import org.aand.network.student.Student;
import org.aand.nn.MapSoftmax;
import org.aand.nn.Outputs;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The training graph of RD++: projection layers, bottleneck and decoder over the frozen features of
 * normal images and of the same images with noise.
 *
 * <p>{@code total = distillation + weight (transport + 0.01 reconstruction + 0.1 contrast) / 1.11},
 * each part summed over the levels, with the teacher's features t of the clean and u of the noisy
 * image, and their projections p(t) and p(u):
 *
 * <ul>
 *   <li>distillation: RD's loss of the student that gets p(t), {@code 1 - cos} of whole maps with t
 *   <li>transport: the Sinkhorn divergence between the softmax of one half of the batch's p(t) and
 *       that of the other, so that normal images lie close together
 *   <li>reconstruction: the mean over locations of {@code 1 - cos(p(u), p(t))}
 *   <li>contrast: {@code 1 - cos(u, p(t))} of whole maps
 * </ul>
 *
 * <p>Weights and formulas are those of the released code. Its transport is from the batch to the
 * same batch in another order, which as a set of points is itself: always 0, without a gradient.
 * The two halves are another reading of what it stands for; over so many values the softmax leaves
 * but little of it either way. Its contrast draws together, as its target is 1 throughout.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. D. Tien et al. Revisiting reverse distillation for anomaly detection. CVPR 2023.
 * </ol>
 */
public final class RdPlusPlusGraph extends TrainingGraph {
  /**
   * The constants of the projection layers' losses.
   *
   * @param weight of all of them in the total
   * @param transport of the self-supervised optimal transport
   * @param reconstruction of the noisy images' projections
   * @param contrast of projections with the noisy images' features
   * @param blur of the Sinkhorn divergence
   * @param rate the projection layers' learning rate over the student's
   */
  public record Options(
      double weight,
      double transport,
      double reconstruction,
      double contrast,
      double blur,
      double rate) {
    /** The released code's values; the rates are 0.001 and 0.005. */
    public Options() {
      this(0.2, 1 / 1.11, 0.01 / 1.11, 0.1 / 1.11, 0.05, 0.001 / 0.005);
    }

    /**
     * @throws IllegalArgumentException if a value is out of range
     */
    public Options {
      if (!(weight >= 0 && transport >= 0 && reconstruction >= 0 && contrast >= 0)
          || !(blur > 0 && rate > 0)) {
        throw new IllegalArgumentException("RD++: weights not negative, blur and rate positive");
      }
    }
  }

  /**
   * The losses of a batch, summed over the levels.
   *
   * @param distillation RD's
   * @param transport between the halves of the batch
   * @param reconstruction of noisy projections
   * @param contrast of noisy features
   * @param total weighted
   */
  public record Losses(
      double distillation,
      double transport,
      double reconstruction,
      double contrast,
      double total) {}

  private final SDVariable distillation;
  private final SDVariable transport;
  private final SDVariable reconstruction;
  private final SDVariable contrast;
  private final SDVariable total;

  /**
   * @param student with projection layers
   * @param parameters of the student; updated in place, stay the caller's
   */
  public RdPlusPlusGraph(Student student, Parameters parameters, Options options, DataType type) {
    super(parameters, type);
    var net = net();
    var clean = new ArrayList<SDVariable>();
    var noisy = new ArrayList<SDVariable>();
    for (int i = 0; i < student.backbone().channels().size(); i++) {
      clean.add(net.input(Stage2Graph.input(i)));
      noisy.add(net.input(noisy(i)));
    }
    var projected = student.project(net, clean);
    var denoised = student.project(net, noisy);
    var reconstructed = student.decode(net, student.compress(net, projected));
    var distillations = new ArrayList<SDVariable>();
    var transports = new ArrayList<SDVariable>();
    var reconstructions = new ArrayList<SDVariable>();
    var contrasts = new ArrayList<SDVariable>();
    for (int i = 0; i < clean.size(); i++) {
      distillations.add(compared(clean.get(i), reconstructed.get(i)).global());
      transports.add(SinkhornDivergence.of(MapSoftmax.of(projected.get(i)), options.blur()));
      reconstructions.add(compared(denoised.get(i), projected.get(i)).hard());
      contrasts.add(compared(noisy.get(i), projected.get(i)).global());
    }
    distillation = WeightedSum.of(distillations);
    transport = WeightedSum.of(transports);
    reconstruction = WeightedSum.of(reconstructions);
    contrast = WeightedSum.of(contrasts);
    var parts = List.of(distillation, transport, reconstruction, contrast);
    total =
        WeightedSum.of(
            parts,
            1,
            options.weight() * options.transport(),
            options.weight() * options.reconstruction(),
            options.weight() * options.contrast());
    minimise(total, parts);
  }

  /** By all locations, and as whole maps. */
  private static DistillationLoss.Parts compared(SDVariable a, SDVariable b) {
    return DistillationLoss.of(a, b, Integer.MAX_VALUE);
  }

  private static String noisy(int level) {
    return "noisy_features_" + level;
  }

  /**
   * Losses and gradients of a batch.
   *
   * @param features of the images, one map a level
   * @param noisy of the same images with noise
   */
  public Outputs compute(List<INDArray> features, List<INDArray> noisy) {
    var feeds = new HashMap<>(Stage2Graph.feeds(features));
    for (int i = 0; i < noisy.size(); i++) {
      feeds.put(noisy(i), noisy.get(i));
    }
    return step().compute(feeds);
  }

  /** The losses in what {@link #compute} gave. */
  public Losses losses(Outputs outputs) {
    return new Losses(
        outputs.scalar(distillation),
        outputs.scalar(transport),
        outputs.scalar(reconstruction),
        outputs.scalar(contrast),
        outputs.scalar(total));
  }
}
