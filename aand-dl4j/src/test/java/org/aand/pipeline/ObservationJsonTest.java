package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.analysis.FeatureDistribution;
import org.aand.common.InputException;
import org.aand.train.ResidualIntensity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run observes is read as it was written. */
class ObservationJsonTest {
  private final Path file;

  ObservationJsonTest(@TempDir Path folder) {
    file = folder.resolve("observed.json");
  }

  @Test
  void intensitiesComeBackWithAndWithoutLocations() {
    var written =
        List.of(
            new ResidualIntensity(0, List.of()),
            new ResidualIntensity(
                1,
                List.of(
                    new ResidualIntensity.Level(
                        "a", OptionalDouble.of(0.1), OptionalDouble.of(2.5)),
                    new ResidualIntensity.Level(
                        "b", OptionalDouble.of(0), OptionalDouble.empty()))));
    ObservationJson.writeResiduals(written, file);
    assertEquals(written, ObservationJson.readResiduals(file));
  }

  @Test
  void featuresComeBack() {
    var written =
        new FeatureDistribution(
            List.of(
                new FeatureDistribution.Level(
                    "c",
                    List.of(
                        new FeatureDistribution.Point(true, List.of(1.5, -2.0), List.of(3.0, 1e-9)),
                        new FeatureDistribution.Point(false, List.of(0.0, 1.0), List.of(2.0, 4.0))),
                    List.of(0.75, 0.125))));
    ObservationJson.writeFeatures(written, file);
    assertEquals(Optional.of(written), ObservationJson.readFeatures(file));
  }

  @Test
  void whatWasNotObservedIsEmpty() {
    assertEquals(List.of(), ObservationJson.readResiduals(file));
    assertEquals(Optional.empty(), ObservationJson.readFeatures(file));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[1",
        "{}",
        "{'projection': 't-SNE', 'levels': [], 'residuals': [{}]}",
        "{'projection': 'principal components', 'levels': [{'level': 'a'}], 'residuals': [1]}"
      })
  void somethingElseIsNamed(String text) throws IOException {
    Files.writeString(file, text.replace('\'', '"'));
    for (var e :
        List.of(
            assertThrows(InputException.class, () -> ObservationJson.readResiduals(file)),
            assertThrows(InputException.class, () -> ObservationJson.readFeatures(file)))) {
      var message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(file.toString()), message);
      assertTrue(message.contains("delete its run's folder"), message);
    }
  }
}
