package org.aand.runtime;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.aand.common.image.ImageSize;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.padim.Padim;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.junit.jupiter.params.provider.Arguments;

/** One small network of every kind that a model file can hold. */
public final class SmallNetworks {
  /** Basic blocks, few of them. */
  static final Backbone BASIC = new Backbone("tiny", false, List.of(1, 2, 1), 64, 16);

  private static final int ITEMS = 5;

  private SmallNetworks() {}

  /** A name, teacher, scoring and tiling each. */
  public static Stream<Arguments> all() {
    return Stream.concat(
        ofOneBackbone(),
        Stream.of(
            of("resnet18", Backbone.named("resnet18")),
            of("resnet10", Backbone.resnet10()),
            of("resnet34's kind", new Backbone("basic", false, List.of(2, 3, 2), 64, 16)),
            of("resnet50's kind", new Backbone("bottleneck", true, List.of(1, 2, 1), 64, 16)),
            of("wide_resnet50_2's kind", new Backbone("wide", true, List.of(1, 1, 1), 128))));
  }

  /** Every kind of network, all with the smallest backbone. */
  public static Stream<Arguments> ofOneBackbone() {
    var rd = AmplifiedTeacher.plain(BASIC);
    var student = new Student(BASIC, 1);
    var discrepancy = new Scoring.Discrepancy(student);
    return Stream.of(
        Arguments.of("RD", rd, discrepancy, Tiling.whole(64)),
        Arguments.of("AAND", AmplifiedTeacher.of(BASIC), discrepancy, Tiling.whole(96)),
        Arguments.of(
            "AAND in tiles",
            AmplifiedTeacher.of(BASIC),
            discrepancy,
            Tiling.of(ImageSize.square(150), ImageSize.square(64))),
        Arguments.of(
            "AAND, wide",
            AmplifiedTeacher.of(BASIC),
            discrepancy,
            Tiling.whole(new ImageSize(64, 96))),
        Arguments.of(
            "AAND, wide, in tiles",
            AmplifiedTeacher.of(BASIC),
            discrepancy,
            Tiling.of(new ImageSize(64, 150), new ImageSize(32, 64))),
        Arguments.of("RD++", rd, new Scoring.Discrepancy(student.projecting()), Tiling.whole(64)),
        Arguments.of(
            "gates alone", with(Gate.MATCHING, Residual.NONE), new Scoring.GateWeight(), whole()),
        Arguments.of(
            "gates of AAND", AmplifiedTeacher.of(BASIC), new Scoring.GateWeight(), whole()),
        Arguments.of("no residual", with(Gate.MATCHING, Residual.NONE), discrepancy, whole()),
        Arguments.of("no gate", with(Gate.NONE, Residual.TANH), discrepancy, whole()),
        Arguments.of("sigmoid", with(Gate.MATCHING, Residual.SIGMOID), discrepancy, whole()),
        Arguments.of("learnable", with(Gate.MATCHING, Residual.LEARNABLE), discrepancy, whole()),
        Arguments.of("learnable alone", with(Gate.NONE, Residual.LEARNABLE), discrepancy, whole()),
        Arguments.of(
            "discriminator",
            rd,
            new Scoring.Discrimination(
                new Discriminator(BASIC.channels().get(1) + BASIC.channels().get(2), 48)),
            whole()),
        Arguments.of(
            "SimpleNet",
            rd,
            new Scoring.Discrimination(Discriminator.simpleNet(BASIC, 48)),
            Tiling.whole(new ImageSize(32, 96))),
        Arguments.of(
            "discriminator, tall",
            rd,
            new Scoring.Discrimination(
                new Discriminator(BASIC.channels().get(1) + BASIC.channels().get(2), 48)),
            Tiling.whole(new ImageSize(96, 32))),
        st("ST", Tiling.whole(new ImageSize(64, 32))),
        st("ST, in tiles", Tiling.of(ImageSize.square(80), ImageSize.square(64))),
        padim("PaDiM", Tiling.whole(64)),
        padim("PaDiM, wide", Tiling.whole(new ImageSize(32, 96))),
        padim("PaDiM, in tiles", Tiling.of(ImageSize.square(80), ImageSize.square(64))),
        patchCore("PatchCore", 70, 9, Tiling.whole(64)),
        banked("RD and memory bank", rd, false, Tiling.whole(new ImageSize(32, 96))),
        banked("AAND, memory bank, gates", AmplifiedTeacher.of(BASIC), true, Tiling.whole(64)),
        banked(
            "AAND, memory bank, gates, in tiles",
            AmplifiedTeacher.of(BASIC),
            true,
            Tiling.of(ImageSize.square(80), ImageSize.square(64))),
        patchCore("PatchCore, many items", 4500, 9, Tiling.whole(new ImageSize(32, 96))),
        patchCore("PatchCore, few items", 3, 9, Tiling.whole(64)),
        patchCore("PatchCore, one item", 1, 9, Tiling.whole(32)),
        patchCore(
            "PatchCore, in tiles", 40, 4, Tiling.of(ImageSize.square(80), ImageSize.square(64))));
  }

  private static Tiling whole() {
    return Tiling.whole(64);
  }

  private static AmplifiedTeacher with(Gate gate, Residual residual) {
    return AmplifiedTeacher.of(BASIC, gate, residual, ITEMS);
  }

  private static Arguments st(String name, Tiling tiling) {
    return Arguments.of(
        name,
        AmplifiedTeacher.plain(BASIC),
        new Scoring.StudentTeacher(new PyramidStudent(BASIC)),
        tiling);
  }

  /** Channels of all three levels. */
  private static Arguments padim(String name, Tiling tiling) {
    var maps = Scoring.levelSizes(tiling.tileSize()).get(0);
    var padim = new Padim(BASIC, maps.height(), maps.width(), List.of(0, 7, 15, 16, 30, 50, 111));
    return Arguments.of(
        name, AmplifiedTeacher.plain(BASIC), new Scoring.GaussianDistance(padim), tiling);
  }

  private static Arguments patchCore(String name, int items, int neighbours, Tiling tiling) {
    var patchCore = new PatchCore(PatchFeatures.channels(BASIC), items, neighbours);
    return Arguments.of(
        name, AmplifiedTeacher.plain(BASIC), new Scoring.PatchDistance(patchCore), tiling);
  }

  private static Arguments banked(
      String name, AmplifiedTeacher teacher, boolean gates, Tiling tiling) {
    var bank = new PatchCore(PatchFeatures.channels(BASIC), 50, 9);
    return Arguments.of(
        name,
        teacher,
        new Scoring.Discrepancy(new Student(BASIC, 1), gates, Optional.of(bank)),
        tiling);
  }

  private static Arguments of(String name, Backbone backbone) {
    return Arguments.of(
        name,
        AmplifiedTeacher.of(backbone),
        new Scoring.Discrepancy(Student.of(backbone)),
        whole());
  }
}
