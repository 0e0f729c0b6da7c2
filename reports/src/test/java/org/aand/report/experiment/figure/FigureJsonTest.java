package org.aand.report.experiment.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.heatmap.Png;
import org.aand.report.Metric;
import org.aand.report.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FigureJsonTest {
  @TempDir Path folder = Path.of("");

  @Test
  void figuresOfNumbersAreReadBackAsTheyWere() {
    var band = new IntensityCurve.Band(0.1 + 0.2, 1e-9, 5);
    List<Figure> figures =
        List.of(
            new Sweep(
                "top-k",
                "visa",
                Protocol.HELD_OUT_NORMAL,
                List.of("candle", "pcb1"),
                List.of(
                    new Sweep.Curve(
                        Metric.AUPRO,
                        List.of(
                            new Sweep.Point(1, 0.5, 0.01, 3),
                            new Sweep.Point(10, 1.0 / 3, 0, 1))))),
            new IntensityCurve(
                "mvtec",
                "bottle",
                2,
                "quantiles",
                List.of(
                    new IntensityCurve.Point(0, band, band),
                    new IntensityCurve.Point(1, band, band))),
            new Scatter(
                "mvtec3d",
                "foam",
                3,
                "t-SNE",
                List.of(new Scatter.Panel("before", List.of(new Scatter.Point(-1.5, 2, true))))));
    for (Figure figure : figures) {
      Path file = folder.resolve("figures/figure.json");
      FigureJson.write(figure, file);
      assertEquals(figure, FigureJson.read(file));
    }
    assertTrue(FigureJson.toJson(figures.get(0)).startsWith("{\"figure\":\"sweep\","));
    assertTrue(FigureJson.toJson(figures.get(0)).contains("\"metric\":\"aupro_0.3\""));
    assertTrue(FigureJson.toJson(figures.get(0)).contains("\"protocol\":\"held-out\""));
  }

  @Test
  void imagesKeepTheirBytesAndMayHaveNoMask() {
    Png image = Heatmap.image(new byte[12], 2, 2);
    var comparison =
        new Comparison(
            "mvtec",
            "bottle",
            Protocol.LAST_EPOCH,
            "The first image.",
            List.of(new Comparison.Scale("RD", 0, 1)),
            List.of(
                new Comparison.Image(
                    "test/good/0.png",
                    "good",
                    image,
                    null,
                    List.of(new Comparison.Map(image, 0.25)))));
    Path file = folder.resolve("comparison.json");
    FigureJson.write(comparison, file);
    var back = assertInstanceOf(Comparison.class, FigureJson.read(file));
    assertEquals(comparison.scales(), back.scales());
    assertArrayEquals(image.bytes(), back.images().get(0).image().bytes());
    assertArrayEquals(image.bytes(), back.images().get(0).maps().get(0).overlay().bytes());
    assertNull(back.images().get(0).truth());
    assertEquals(FigureJson.toJson(comparison), FigureJson.toJson(back));
  }

  @Test
  void figuresThatCannotBeDrawnAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new IntensityCurve.Band(1, 2, Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Scatter.Panel("a", List.of(new Scatter.Point(Double.NaN, 0, false))));
    for (String text :
        List.of("", "{}", "{\"figure\":\"pie\"}", "{\"figure\":\"scatter\"}", "[1]", "null")) {
      var error =
          assertThrows(InputException.class, () -> FigureJson.fromJson(text, "f.json"), text);
      assertTrue(String.valueOf(error.getMessage()).startsWith("f.json is not"), text);
      assertEquals(1, String.valueOf(error.getMessage()).lines().count());
    }
    Path none = folder.resolve("none.json");
    assertThrows(InputException.class, () -> FigureJson.read(none));
  }
}
