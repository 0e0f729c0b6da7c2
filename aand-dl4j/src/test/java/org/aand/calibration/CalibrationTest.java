package org.aand.calibration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.aand.api.DecisionRule;
import org.aand.api.Verdict;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** Thresholds keep their promise on normal images to come, whatever the scores are like. */
class CalibrationTest {
  private static final float[] MAP = {1};

  private final RandomGenerator random = new RandomStreams(23).stream("scores");

  @Test
  void goodImagesToComeExceedTheThresholdAtTheStatedRate() {
    for (var rate : new double[] {0.05, 0.1, 0.25}) {
      for (int n : new int[] {19, 40, 101}) {
        int alarms = 0;
        int inside = 0;
        int repetitions = 4000;
        for (int i = 0; i < repetitions; i++) {
          var calibration = normals(n).calibration(Rates.of(rate), "drawn");
          alarms += draw() > calibration.threshold() ? 1 : 0;
          var expected = calibration.expected();
          double truth = Math.exp(-calibration.threshold());
          inside += truth >= expected.lower() && truth <= expected.upper() ? 1 : 0;
          assertTrue(expected.expected() <= rate + 1e-12, n + " images for " + rate);
        }
        double promised = normals(n).calibration(Rates.of(rate), "drawn").expected().expected();
        double spread = Math.sqrt(promised * (1 - promised) / repetitions);
        assertEquals(promised, (double) alarms / repetitions, 4.5 * spread);
        assertEquals(0.95, (double) inside / repetitions, 4.5 * Math.sqrt(0.0475 / repetitions));
      }
    }
  }

  @Test
  void tooFewNormalsGiveTheirMaximumAndSayWhatThatPromises() {
    var calibrator = normals(9);
    var calibration = calibrator.calibration(Rates.of(0.01), "drawn");
    assertEquals(calibration.normalScores().get(8), calibration.threshold());
    assertEquals(0, calibration.falseAlarms());
    assertEquals(0.1, calibration.expected().expected(), 1e-12);
    assertEquals(99, FalseAlarms.needed(0.01));
    assertEquals(19, FalseAlarms.needed(0.05));
    assertEquals(19, FalseAlarms.rank(19, 0.05));
    assertEquals(100, FalseAlarms.rank(100, 0.01));
  }

  @Test
  void thePercentileIsTheShareOfNormalsBelow() {
    var calibration =
        Calibration.of(List.of(3f, 1f, 2f, 2f), 0.4, 1, "four", Optional.empty(), Optional.empty());
    assertEquals(0, calibration.percentile(1));
    assertEquals(25, calibration.percentile(2));
    assertEquals(75, calibration.percentile(2.5f));
    assertEquals(75, calibration.percentile(3));
    assertEquals(100, calibration.percentile(3.5f));
  }

  @Test
  void labelledDefectsMoveTheThresholdBetweenTheClasses() {
    var calibrator = new Calibrator();
    for (float score : new float[] {1, 1.5f, 2}) {
      calibrator.normal(score, MAP);
    }
    calibrator.defective(4);
    calibrator.defective(7);
    var calibration = calibrator.calibration(Rates.of(0.3), "three");
    assertEquals(Calibration.Basis.F1, calibration.basis());
    assertEquals(3, calibration.threshold());
    assertEquals(0, calibration.falseAlarms());
    assertEquals(0, calibration.expected().lower());
    assertEquals(1 - Math.cbrt(0.025), calibration.expected().upper(), 1e-9);
  }

  @Test
  void normalMapsStayInTheLowerHalfOfTheHeatmapScale() {
    var calibrator = new Calibrator();
    float highest = 0;
    for (int i = 0; i < 10; i++) {
      float[] map = new float[2000];
      for (int j = 0; j < map.length; j++) {
        map[j] = random.nextFloat();
      }
      highest = Math.max(highest, HeatmapRange.reached(map));
      calibrator.normal(0, map);
    }
    var scale = calibrator.calibration(Rates.of(0.2), "ten").heatmapScale();
    assertEquals(0, scale.min());
    assertEquals(2.0 * highest, scale.max());
  }

  @Test
  void theStatedShareOfNormalPixelsLiesAboveThePixelThreshold() {
    for (double rate : new double[] {0.001, 0.01, 0.2}) {
      var calibrator = new Calibrator();
      var maps = new ArrayList<float[]>();
      for (int i = 0; i < 8; i++) {
        float[] map = new float[5000];
        for (int j = 0; j < map.length; j++) {
          map[j] = draw();
        }
        maps.add(map);
        calibrator.normal(i, map);
      }
      var pixel =
          calibrator.calibration(new Rates(0.2, rate), "eight").pixelThreshold().orElseThrow();
      assertEquals(rate, pixel.rate());
      long above = 0;
      for (float[] map : maps) {
        for (float value : map) {
          above += value > pixel.value() ? 1 : 0;
        }
      }
      assertTrue(above <= rate * 40_000, above + " pixels");
      // The bins are finer than the gaps between the values but at the crowded end.
      assertEquals(rate * 40_000, above, 1 + 0.01 * rate * 40_000);
    }
    for (double rate : new double[] {0, 1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Rates(0.1, rate));
    }
  }

  @Test
  void aNewThresholdKeepsThePixelThreshold() {
    var calibration = normals(20).calibration(new Rates(0.1, 0.03), "drawn");
    var pixel = calibration.pixelThreshold();
    assertTrue(pixel.isPresent());
    assertEquals(pixel, calibration.withFalseAlarmRate(0.3).pixelThreshold());
    assertEquals(pixel, calibration.withThreshold(3, Calibration.Basis.USER).pixelThreshold());
  }

  @Test
  void aCalibrationFromBeforeThereWasAPixelThresholdSaysSo() throws Exception {
    var old = CalibrationJson.write(normals(5).calibration(Rates.of(0.3), "drawn"));
    old.remove("pixelThreshold");
    var read = CalibrationJson.read(old).orElseThrow();
    assertTrue(read.pixelThreshold().isEmpty());
    assertEquals(0, CalibrationJson.minorVersion(read));
    assertEquals(
        "no pixel threshold; calibrate again by images",
        CalibrationSummary.describe(read).get("pixel threshold"));
    for (var value :
        List.of("3", "{}", "{\"value\": 1, \"rate\": 2}", "{\"value\": 1e99, \"rate\": 0.1}")) {
      old.set("pixelThreshold", new ObjectMapper().readTree(value));
      assertThrows(IllegalArgumentException.class, () -> CalibrationJson.read(old), value);
    }
  }

  @Test
  void theUsersThresholdGoesFirstAndEqualScoresAreNormal() {
    var calibration =
        Calibration.of(List.of(1f, 2f), 0.5, 1, "two", Optional.empty(), Optional.empty())
            .withFalseAlarmRate(0.4);
    assertEquals(2, calibration.threshold());
    var own = new DecisionRule(Optional.of(calibration), OptionalDouble.of(1.1));
    assertEquals(Verdict.NORMAL, own.decide(1.1f).verdict());
    assertEquals(Verdict.ANOMALOUS, own.decide(Math.nextUp(1.1f)).verdict());
    var models = new DecisionRule(Optional.of(calibration), OptionalDouble.empty());
    assertEquals(Verdict.NORMAL, models.decide(2f).verdict());
    assertEquals(Verdict.ANOMALOUS, models.decide(Math.nextUp(2f)).verdict());
    var none = new DecisionRule(Optional.empty(), OptionalDouble.empty());
    assertEquals(Verdict.UNDECIDED, none.decide(9).verdict());
    assertTrue(none.decide(9).percentile().isEmpty());
    assertThrows(IllegalArgumentException.class, () -> none.decide(Float.NaN));
  }

  @Test
  void whatIsWrittenIsReadBackExactly() throws Exception {
    for (int n : new int[] {1, 2, 500}) {
      var calibration = normals(n).calibration(Rates.of(0.37), "drawn");
      var json = CalibrationJson.write(calibration).toString();
      assertEquals(
          Optional.of(calibration), CalibrationJson.read(new ObjectMapper().readTree(json)));
    }
  }

  @Test
  void aDamagedCalibrationIsRefused() throws Exception {
    var whole = CalibrationJson.write(normals(5).calibration(Rates.of(0.3), "drawn"));
    for (var field : List.of("threshold", "basis", "falseAlarmRate", "heatmapMaximum")) {
      for (var value : List.of("-1e999", "\"NaN\"", "null", "[2]")) {
        var changed = whole.deepCopy();
        changed.set(field, new ObjectMapper().readTree(value));
        assertThrows(
            IllegalArgumentException.class, () -> CalibrationJson.read(changed), field + value);
      }
    }
    for (var scores : List.of("[]", "[2, 1]", "[1e999]", "[\"1\"]", "3")) {
      var changed = whole.deepCopy();
      changed.set("normalScores", new ObjectMapper().readTree(scores));
      assertThrows(IllegalArgumentException.class, () -> CalibrationJson.read(changed), scores);
    }
  }

  private Calibrator normals(int n) {
    var calibrator = new Calibrator();
    for (int i = 0; i < n; i++) {
      calibrator.normal(draw(), MAP);
    }
    return calibrator;
  }

  /** Exponentially distributed, so that the true rate above t is exp(-t). */
  private float draw() {
    return (float) -Math.log(1 - random.nextDouble());
  }
}
