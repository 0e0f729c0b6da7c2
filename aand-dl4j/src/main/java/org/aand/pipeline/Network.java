package org.aand.pipeline;

import java.util.ArrayList;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.padim.Padim;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.aand.train.MethodSettings;
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
  private static final int IMAGE_SIZE = 256;

  /** Training images of a category where there is none: MVTec AD's have 60 to 391. */
  private static final int IMAGES = 200;

  /**
   * The network of a variant over a backbone, for images of 256x256, by the papers' settings; a
   * memory bank is that of {@value #IMAGES} images.
   */
  public static Network of(Variant variant, Backbone backbone) {
    return of(variant, backbone, ImageSize.square(IMAGE_SIZE), new TrainingSettings());
  }

  /** The network of a variant over a backbone; a memory bank is that of {@value #IMAGES} images. */
  public static Network of(
      Variant variant, Backbone backbone, ImageSize imageSize, TrainingSettings settings) {
    return of(variant, backbone, imageSize, settings, IMAGES);
  }

  /**
   * The network of a variant over a backbone.
   *
   * @param imageSize of the input, which some parameters depend on
   * @param settings the methods' constants, and the seed of what of the network is drawn
   * @param images that are trained on, tiles counted one by one, as a memory bank grows with them
   */
  public static Network of(
      Variant variant,
      Backbone backbone,
      ImageSize imageSize,
      TrainingSettings settings,
      int images) {
    var teacher =
        variant.hasModules()
            ? AmplifiedTeacher.of(
                backbone, variant.gate(), variant.residual(), variant.memoryItems())
            : AmplifiedTeacher.plain(backbone);
    return new Network(teacher, scoring(variant, backbone, imageSize, settings, images));
  }

  private static Scoring scoring(
      Variant variant,
      Backbone backbone,
      ImageSize imageSize,
      TrainingSettings settings,
      int images) {
    return switch (variant.discrimination()) {
      case SIMPLENET_STYLE -> new Scoring.Discrimination(Discriminator.of(backbone));
      case SIMPLENET ->
          new Scoring.Discrimination(Discriminator.simpleNet(backbone, Discriminator.HIDDEN));
      case PADIM -> new Scoring.GaussianDistance(padim(backbone, imageSize, settings));
      case STUDENT_TEACHER -> new Scoring.StudentTeacher(new PyramidStudent(backbone));
      case PATCHCORE ->
          new Scoring.PatchDistance(
              patchCore(backbone, imageSize, settings.methods().patchCore(), images));
      case AMPLIFICATION, CONTRASTIVE -> {
        if (variant.scoresByGate()) {
          yield new Scoring.GateWeight();
        }
        var student = Student.of(backbone);
        yield new Scoring.Discrepancy(variant.projections() ? student.projecting() : student);
      }
    };
  }

  private static Padim padim(Backbone backbone, ImageSize imageSize, TrainingSettings settings) {
    var maps = Scoring.levelSizes(imageSize).get(0);
    return Padim.drawn(
        backbone,
        maps.height(),
        maps.width(),
        settings.methods().padim().channelsOf(backbone),
        new RandomStreams(settings.seed()).stream("PaDiM's channels"));
  }

  /** The memory bank of so many images. */
  static PatchCore patchCore(
      Backbone backbone, ImageSize imageSize, MethodSettings.PatchCore settings, int images) {
    long patches = (long) images * Scoring.levelSizes(imageSize).get(1).pixels();
    return new PatchCore(
        PatchFeatures.channels(backbone), settings.items(patches), settings.neighbours());
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
    var rule = scoring.rule(AnomalyMap.SIGMA);
    return new Model(new ModelDescription(teacher, scoring, tiling, rule), given);
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
