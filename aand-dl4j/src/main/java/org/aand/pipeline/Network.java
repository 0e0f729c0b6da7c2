package org.aand.pipeline;

import java.util.ArrayList;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.aand.train.Stage2Graph;
import org.aand.train.TrainingSettings;
import org.aand.variant.FeatureDiscrimination;
import org.aand.variant.Variant;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The network of a variant and how it is trained.
 *
 * @param teacher backbone and modules
 * @param scoring what scores
 */
public record Network(AmplifiedTeacher teacher, Scoring scoring) {
  /** The network of a variant over a backbone. */
  public static Network of(Variant variant, Backbone backbone) {
    var teacher =
        variant.hasModules()
            ? AmplifiedTeacher.of(
                backbone, variant.gate(), variant.residual(), variant.memoryItems())
            : AmplifiedTeacher.plain(backbone);
    return new Network(teacher, scoring(variant, backbone));
  }

  private static Scoring scoring(Variant variant, Backbone backbone) {
    if (variant.discrimination() == FeatureDiscrimination.SIMPLENET) {
      return new Scoring.Discrimination(Discriminator.of(backbone));
    }
    if (variant.scoresByGate()) {
      return new Scoring.GateWeight();
    }
    var student = Student.of(backbone);
    return new Scoring.Discrepancy(variant.projections() ? student.projecting() : student);
  }

  /**
   * A model with all parameters drawn that are not given.
   *
   * @param given at least the backbone's parameters; taken over
   * @param imageSize width and height of the images
   * @param seed of what is drawn
   */
  public Model model(Parameters given, ImageSize imageSize, long seed) {
    return model(given, Tiling.whole(imageSize), seed);
  }

  /** The same for images in tiles. */
  public Model model(Parameters given, Tiling tiling, long seed) {
    var table = new ArrayList<>(teacher.moduleParameters());
    table.addAll(scoring.parameters());
    table.removeIf(spec -> given.has(spec.name()));
    Parameters.initialise(table, DataType.FLOAT, new RandomStreams(seed)).all().forEach(given::put);
    return new Model(teacher, scoring, tiling, AnomalyMap.SIGMA, given);
  }

  /** The settings with the variant's losses. */
  public static TrainingSettings settings(Variant variant, TrainingSettings settings) {
    var stage2 =
        variant.hardest() == 0
            ? Stage2Graph.Options.reverseDistillation()
            : new Stage2Graph.Options(variant.hardest(), settings.stage2().hardWeight());
    var distilled = settings.withStage2(stage2);
    return variant.discrimination() == FeatureDiscrimination.CONTRASTIVE
        ? distilled.withContrastiveTeacher()
        : distilled;
  }
}
