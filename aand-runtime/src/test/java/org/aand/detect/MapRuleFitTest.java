package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.junit.jupiter.api.Test;

/** Map and image score in units of what normal images show. */
class MapRuleFitTest {
  private static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64, 16);

  @Test
  void gatesAreJoinedWhereThereAreAny() {
    var fitting = fitting(AmplifiedTeacher.of(BACKBONE), Tiling.whole(32));
    assertEquals(6, fitting.scoring().mapSizes(fitting.imageSize()).size());
    var rd = fitting(AmplifiedTeacher.plain(BACKBONE), Tiling.whole(32));
    assertEquals(3, rd.scoring().mapSizes(rd.imageSize()).size());
  }

  @Test
  void aQuarterOfTheGatesInUnitsOfSpread() {
    var fitting = fitting(AmplifiedTeacher.of(BACKBONE), Tiling.whole(32));
    var fit = new MapRuleFit(fitting);
    // Each map alternates between two values, so its deviation is half their distance.
    double[] spreads = {0.1, 0.2, 0.3, 0.05, 0.4, 0.1};
    fit.normal(alternating(fitting, spreads));
    fit.normal(alternating(fitting, spreads));
    var weights = fit.fitted().rule().weights();
    assertEquals(List.of(1.0, 1.0, 1.0), weights.subList(0, 3));
    double unit = (0.1 + 0.2 + 0.3) / 3;
    assertEquals(0.25 * unit / 0.05, weights.get(3), 1e-9);
    assertEquals(0.25 * unit / 0.4, weights.get(4), 1e-9);
    assertEquals(0.25 * unit / 0.1, weights.get(5), 1e-9);
  }

  @Test
  void onlyMapsThatAreAlikeAtEachLocationAreComparedLocationByLocation() {
    var fitting = fitting(AmplifiedTeacher.plain(BACKBONE), Tiling.whole(32));
    var fit = new MapRuleFit(fitting);
    var random = new Random(2);
    for (int image = 0; image < 7; image++) {
      var scores =
          fitting.scoring().mapSizes(fitting.imageSize()).stream()
              .map(size -> random.doubles(size.pixels()).toArray())
              .toList();
      double[] marked = scores.get(0);
      marked[3] += 5;
      fit.normal(scores);
    }
    var normals = fit.fitted().rule().score().normals();
    assertEquals(3, normals.size());
    assertTrue(normals.get(0).mean(3) > 5, "the mark is known");
    assertTrue(normals.get(0).mean(4) < 1);
    assertEquals(normals.get(1).mean(3), normals.get(1).mean(4), "a place says nothing there");
  }

  @Test
  void aMemoryBankCountsThreeLevelsInTheMapAndAllLevelsInTheScore() {
    var fitting = withBank(AmplifiedTeacher.of(BACKBONE));
    assertEquals(7, fitting.scoring().mapSizes(fitting.imageSize()).size());
    var fit = new MapRuleFit(fitting);
    double[] spreads = {0.1, 0.2, 0.3, 5, 0.05, 0.4, 0.1};
    fit.normal(alternating(fitting, spreads));
    fit.normal(alternating(fitting, spreads));
    var rule = fit.fitted().rule();
    double unit = (0.1 + 0.2 + 0.3) / 3;
    assertEquals(List.of(1.0, 1.0, 1.0), rule.weights().subList(0, 3));
    assertEquals(3 * unit / 5, rule.weights().get(3), 1e-9);
    assertEquals(0.25 * unit / 0.05, rule.weights().get(4), 1e-9);
    var normals = rule.score().normals();
    assertEquals(4, normals.size());
    // No location varies between the two images, so its deviation is the floor alone.
    assertEquals(0.5 * 0.1, normals.get(0).deviation(0), 1e-6);
    assertEquals(0.5 * 5 / 3, normals.get(3).deviation(0), 1e-6);
  }

  @Test
  void withoutGatesTheBankAloneIsJoined() {
    var fitting = withBank(AmplifiedTeacher.plain(BACKBONE));
    var fit = new MapRuleFit(fitting);
    fit.normal(alternating(fitting, new double[] {1, 1, 1, 2}));
    assertEquals(List.of(1.0, 1.0, 1.0, 1.5), fit.fitted().rule().weights());
  }

  @Test
  void imagesInTilesKeepTheAnomalyMapsScore() {
    var tiled = Tiling.of(ImageSize.square(96), ImageSize.square(64));
    var fitting = fitting(AmplifiedTeacher.of(BACKBONE), tiled);
    var fit = new MapRuleFit(fitting);
    fit.normal(alternating(fitting, new double[] {1, 1, 1, 1, 1, 1}));
    var score = fit.fitted().rule().score();
    assertTrue(score.normals().isEmpty());
    assertEquals(0.01, score.share());
  }

  @Test
  void aMapThatNeverChangesIsNoDivisionByZero() {
    var fitting = fitting(AmplifiedTeacher.of(BACKBONE), Tiling.whole(32));
    var fit = new MapRuleFit(fitting);
    fit.normal(alternating(fitting, new double[6]));
    assertTrue(fit.fitted().rule().weights().stream().allMatch(Double::isFinite));
    assertThrows(IllegalStateException.class, new MapRuleFit(fitting)::fitted);
  }

  private static ModelDescription fitting(AmplifiedTeacher teacher, Tiling tiling) {
    return MapRuleFit.forFitting(model(teacher, tiling), Optional.empty());
  }

  private static ModelDescription withBank(AmplifiedTeacher teacher) {
    var bank = PatchCore.of(BACKBONE, 5);
    return MapRuleFit.forFitting(model(teacher, Tiling.whole(32)), Optional.of(bank));
  }

  private static ModelDescription model(AmplifiedTeacher teacher, Tiling tiling) {
    return new ModelDescription(
        teacher, new Scoring.Discrepancy(new Student(BACKBONE, 1)), tiling, MapRule.paper(4));
  }

  private static List<double[]> alternating(ModelDescription model, double[] spreads) {
    var sizes = model.scoring().mapSizes(model.imageSize());
    return IntStream.range(0, sizes.size())
        .mapToObj(
            l ->
                IntStream.range(0, sizes.get(l).pixels())
                    .mapToDouble(i -> 1 + (i % 2 == 0 ? spreads[l] : -spreads[l]))
                    .toArray())
        .toList();
  }
}
