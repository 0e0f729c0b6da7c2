package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.aand.common.image.ImageSize;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.padim.Padim;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.network.raa.ResidualAmplification;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;

/**
 * The description of a network in a model file's manifest.
 *
 * <p>Version 1 had neither a module's {@code gate} and {@code residual} nor {@code score} nor a
 * student's {@code projects}; there they are the paper's. Since version 2.1 there is a {@code
 * tiling} where images are processed in tiles. Since version 2.2 there are {@code imageHeight} and
 * {@code imageWidth} in place of {@code imageSize} where they differ, and likewise {@code height}
 * and {@code width} in place of a tiling's {@code resolution}; a program that knows squares alone
 * misses what it needs and refuses such a file. Since version 2.3 there is a {@code rule} where map
 * and image score are not the paper's, and a score may be "discrepancy and gates"; a program before
 * would score otherwise, so such a file has no {@code sigma} but in its rule. Since version 2.5 a
 * score may be "gaussians", "memory bank", "student of the teacher's form" or "SimpleNet", and
 * since version 2.6 a memory bank may be beside the discrepancy; a program before refuses it. Since
 * version 2.7 a backbone may have other {@code planes} than the usual ones; a program before finds
 * too few parameters.
 */
final class NetworkJson {
  private static final String DISCREPANCY = "discrepancy";
  private static final String DISCREPANCY_AND_GATES = "discrepancy and gates";
  private static final String DISCREPANCY_AND_BANK = "discrepancy and memory bank";
  private static final String DISCREPANCY_BANK_AND_GATES = "discrepancy, memory bank and gates";
  private static final String GATE = "gate";
  private static final String DISCRIMINATOR = "discriminator";
  private static final String GAUSSIANS = "gaussians";
  private static final String PADIM = "padim";
  private static final String SIMPLENET = "SimpleNet";
  private static final String HIDDEN = "hidden";
  private static final String STUDENT_TEACHER = "student of the teacher's form";
  private static final String MEMORY_BANK = "memory bank";
  private static final String PATCHCORE = "patchcore";
  private static final String ITEMS = "items";
  private static final String NEIGHBOURS = "neighbours";
  private static final String CHANNELS = "channels";

  private NetworkJson() {}

  /** The first minor version of version 2 that could say all of a model. */
  static int minorVersion(ModelDescription model) {
    if (BackboneJson.hasOtherPlanes(model.teacher().backbone())) {
      return 7;
    }
    if (model.scoring() instanceof Scoring.Discrepancy d && d.memoryBank().isPresent()) {
      return 6;
    }
    if (model.scoring() instanceof Scoring.GaussianDistance
        || model.scoring() instanceof Scoring.PatchDistance
        || model.scoring() instanceof Scoring.StudentTeacher
        || isSimpleNet(model.scoring())) {
      return 5;
    }
    if (!model.rule().isPaper()) {
      return 3;
    }
    return model.imageSize().isSquare() && model.resolution().isSquare() ? 1 : 2;
  }

  private static boolean isSimpleNet(Scoring scoring) {
    return scoring instanceof Scoring.Discrimination discrimination
        && discrimination.discriminator().pooling().isPresent();
  }

  static void write(ModelDescription model, ObjectNode root) {
    put(root, "imageSize", "imageHeight", "imageWidth", model.imageSize());
    RuleJson.write(model.rule(), root);
    if (model.tiling().divides()) {
      var tiling = root.putObject("tiling");
      put(tiling, "resolution", "height", "width", model.resolution());
      tiling.put("overlap", model.tiling().overlap());
    }
    var backbone = model.teacher().backbone();
    BackboneJson.write(backbone, root.putObject("backbone"));
    var modules = root.putArray("modules");
    for (var module : model.teacher().modules()) {
      modules
          .addObject()
          .put("level", module.level())
          .put(CHANNELS, module.channels())
          .put(HIDDEN, module.hidden())
          .put("memoryItems", module.memoryItems())
          .put("temperature", module.temperature())
          .put("gate", name(module.gate()))
          .put("residual", name(module.residual()));
    }
    var scoring = model.scoring();
    if (scoring instanceof Scoring.Discrepancy discrepancy) {
      root.put("score", kind(discrepancy))
          .putObject("student")
          .put("bottleneckBlocks", discrepancy.student().bottleneckBlocks())
          .put("projects", discrepancy.student().projects());
    } else if (scoring instanceof Scoring.Discrimination discrimination) {
      root.put("score", isSimpleNet(scoring) ? SIMPLENET : DISCRIMINATOR)
          .putObject("discriminator")
          .put(CHANNELS, discrimination.discriminator().channels())
          .put(HIDDEN, discrimination.discriminator().hidden());
    } else if (scoring instanceof Scoring.GaussianDistance distance) {
      var channels = root.put("score", GAUSSIANS).putObject(PADIM).putArray(CHANNELS);
      distance.padim().channels().forEach(channels::add);
    } else if (scoring instanceof Scoring.StudentTeacher) {
      root.put("score", STUDENT_TEACHER);
    } else if (scoring instanceof Scoring.PatchDistance) {
      root.put("score", MEMORY_BANK);
    } else {
      root.put("score", GATE);
    }
    scoring
        .memoryBank()
        .ifPresent(
            bank ->
                root.putObject(PATCHCORE)
                    .put(ITEMS, bank.items())
                    .put(NEIGHBOURS, bank.neighbours()));
  }

  private static String kind(Scoring.Discrepancy discrepancy) {
    if (discrepancy.memoryBank().isEmpty()) {
      return discrepancy.joinsGates() ? DISCREPANCY_AND_GATES : DISCREPANCY;
    }
    return discrepancy.joinsGates() ? DISCREPANCY_BANK_AND_GATES : DISCREPANCY_AND_BANK;
  }

  private static void put(
      ObjectNode node, String square, String height, String width, ImageSize size) {
    if (size.isSquare()) {
      node.put(square, size.height());
    } else {
      node.put(height, size.height()).put(width, size.width());
    }
  }

  private static ImageSize size(JsonNode node, String square, String height, String width) {
    return node.has(square)
        ? ImageSize.square(node.path(square).asInt())
        : new ImageSize(node.path(height).asInt(), node.path(width).asInt());
  }

  /**
   * The network of a manifest.
   *
   * @throws IllegalArgumentException naming what is missing, out of bounds, or does not fit
   */
  static ModelDescription read(JsonNode root) {
    ManifestLimits.check(root);
    var teacher = teacher(root);
    ManifestLimits.check(teacher);
    var tiling = tiling(root);
    return new ModelDescription(
        teacher, scoring(root, teacher, tiling.tileSize()), tiling, RuleJson.read(root));
  }

  /**
   * @throws IllegalArgumentException if the resolution is below the image size, or the overlap too
   *     great
   */
  private static Tiling tiling(JsonNode root) {
    var size = size(root, "imageSize", "imageHeight", "imageWidth");
    var node = root.path("tiling");
    return node.isMissingNode()
        ? Tiling.whole(size)
        : new Tiling(
            size(node, "resolution", "height", "width"), size, node.path("overlap").asInt());
  }

  private static AmplifiedTeacher teacher(JsonNode root) {
    var backbone = BackboneJson.read(root.path("backbone"));
    return new AmplifiedTeacher(backbone, modules(root.path("modules")));
  }

  private static List<ResidualAmplification> modules(JsonNode node) {
    var modules = new ArrayList<ResidualAmplification>();
    for (var m : node) {
      modules.add(
          new ResidualAmplification(
              m.path("level").asText(),
              m.path(CHANNELS).asInt(),
              m.path(HIDDEN).asInt(),
              m.path("memoryItems").asInt(),
              m.path("temperature").asDouble(),
              constant(m.path("gate"), Gate.MATCHING),
              constant(m.path("residual"), Residual.TANH)));
    }
    return modules;
  }

  /**
   * The constant that a text names in lower case.
   *
   * @param usual where there is none
   * @throws IllegalArgumentException if there is no such constant
   */
  private static <E extends Enum<E>> E constant(JsonNode node, E usual) {
    if (node.isMissingNode()) {
      return usual;
    }
    for (var constant : usual.getDeclaringClass().getEnumConstants()) {
      if (name(constant).equals(node.textValue())) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "it has an unknown "
            + usual.getDeclaringClass().getSimpleName().toLowerCase(Locale.ROOT)
            + ", "
            + node);
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if the kind of score is unknown
   */
  private static Scoring scoring(JsonNode root, AmplifiedTeacher teacher, ImageSize imageSize) {
    var kind = root.path("score").asText(DISCREPANCY);
    return switch (kind) {
      case DISCREPANCY -> discrepancy(root, teacher, false, Optional.empty());
      case DISCREPANCY_AND_GATES -> discrepancy(root, teacher, true, Optional.empty());
      case DISCREPANCY_AND_BANK ->
          discrepancy(root, teacher, false, Optional.of(bank(root, teacher.backbone())));
      case DISCREPANCY_BANK_AND_GATES ->
          discrepancy(root, teacher, true, Optional.of(bank(root, teacher.backbone())));
      case GATE -> new Scoring.GateWeight();
      case STUDENT_TEACHER -> new Scoring.StudentTeacher(new PyramidStudent(teacher.backbone()));
      case DISCRIMINATOR -> {
        var node = root.path("discriminator");
        yield new Scoring.Discrimination(
            new Discriminator(node.path(CHANNELS).asInt(), node.path(HIDDEN).asInt()));
      }
      case SIMPLENET -> {
        int hidden = root.path("discriminator").path(HIDDEN).asInt();
        yield new Scoring.Discrimination(Discriminator.simpleNet(teacher.backbone(), hidden));
      }
      case GAUSSIANS -> {
        var maps = Scoring.levelSizes(imageSize).get(0);
        var channels = new ArrayList<Integer>();
        root.path(PADIM).path(CHANNELS).forEach(channel -> channels.add(channel.asInt(-1)));
        yield new Scoring.GaussianDistance(
            new Padim(teacher.backbone(), maps.height(), maps.width(), channels));
      }
      case MEMORY_BANK -> new Scoring.PatchDistance(bank(root, teacher.backbone()));
      default -> throw new IllegalArgumentException("it scores by an unknown \"" + kind + "\"");
    };
  }

  private static Scoring discrepancy(
      JsonNode root, AmplifiedTeacher teacher, boolean gates, Optional<PatchCore> bank) {
    var student = root.path("student");
    return new Scoring.Discrepancy(
        new Student(
            teacher.backbone(),
            student.path("bottleneckBlocks").asInt(),
            student.path("projects").asBoolean()),
        gates,
        bank);
  }

  private static PatchCore bank(JsonNode root, Backbone backbone) {
    var node = root.path(PATCHCORE);
    return new PatchCore(
        PatchFeatures.channels(backbone), node.path(ITEMS).asInt(), node.path(NEIGHBOURS).asInt());
  }
}
