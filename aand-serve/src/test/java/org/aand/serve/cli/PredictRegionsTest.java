package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.common.image.RgbImage;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions in everything that predict writes: elongated images of equal names in two folders. */
class PredictRegionsTest {
  private static final List<RgbImage> IMAGES = SampleImages.draw(4, 150, 60);

  private final Path folder;
  private final Path model;
  private final double threshold;

  PredictRegionsTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    model = TinyModelFile.write(folder.resolve("model.aand"), IMAGES);
    for (int i = 0; i < IMAGES.size(); i++) {
      var day = Files.createDirectories(folder.resolve("parts/day" + i / 2));
      Files.write(day.resolve("part" + i % 2 + ".png"), SampleImages.png(IMAGES.get(i)));
    }
    try (var detector = AnomalyDetector.load(model)) {
      float[] map = detector.detect(IMAGES.get(0)).map();
      Arrays.sort(map);
      threshold = map[map.length * 4 / 5];
    }
  }

  private SmallProgram run(String line) {
    return SmallProgram.run(
        line.replace("MODEL", model.toString())
            .replace("PARTS", folder.resolve("parts").toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }

  @Test
  void theRegionsOfEveryOutputAreThoseOfTheLibrary() throws IOException {
    var program =
        run(
            "predict --model MODEL PARTS --json OUT/p.jsonl --csv OUT/p.csv --html OUT/p.html"
                + " --masks OUT/masks --overlays OUT/drawn --min-area 20 --pixel-threshold "
                + threshold);
    assertEquals(0, program.exitCode(), program.err());
    var rows = Files.readAllLines(folder.resolve("p.jsonl"));
    var lines = Files.readAllLines(folder.resolve("p.csv"));
    assertEquals(
        "file,score,percentile,threshold,verdict,width,height,error,regions,largest_area",
        lines.get(0));
    assertEquals(IMAGES.size(), rows.size());
    int regions = 0;
    for (int i = 0; i < rows.size(); i++) {
      JsonNode row = new ObjectMapper().readTree(rows.get(i));
      assertEquals((float) threshold, row.path("pixelThreshold").floatValue());
      int area = 0;
      int largest = 0;
      double peak = Double.POSITIVE_INFINITY;
      for (var region : row.path("regions")) {
        assertTrue(region.path("area").asInt() >= 20, region.toString());
        assertTrue(region.at("/peak/value").asDouble() <= peak, "the greatest peak first");
        peak = region.at("/peak/value").asDouble();
        area += region.path("area").asInt();
        largest = Math.max(largest, region.path("area").asInt());
        assertTrue(region.path("x").asInt() + region.path("width").asInt() <= 150);
        assertTrue(region.path("y").asInt() + region.path("height").asInt() <= 60);
      }
      regions += row.path("regions").size();
      assertTrue(lines.get(i + 1).endsWith("," + row.path("regions").size() + "," + largest));
      var name = "part" + i % 2 + ".png" + (i < 2 ? "" : ".2");
      assertEquals(area, marked(folder.resolve("masks").resolve(name + ".mask.png")));
      assertTrue(drawn(folder.resolve("drawn").resolve(name + ".overlay.png"), i) || area == 0);
    }
    assertTrue(regions > 3, regions + " regions");
    for (var written : List.of("masks", "drawn")) {
      try (Stream<Path> files = Files.list(folder.resolve(written))) {
        assertEquals(4, files.count(), "equal names do not replace each other");
      }
    }
    var html = Files.readString(folder.resolve("p.html"));
    assertTrue(html.contains("class=\"outline\""));
    assertTrue(html.contains("<ul class=\"regions\""));
  }

  /** How many pixels of a mask are 255; all others are 0. */
  private static int marked(Path file) throws IOException {
    var mask = ImageIO.read(file.toFile());
    assertEquals(150, mask.getWidth());
    assertEquals(60, mask.getHeight());
    assertEquals(1, mask.getRaster().getNumBands());
    int marked = 0;
    for (int value : mask.getRaster().getPixels(0, 0, 150, 60, (int[]) null)) {
      assertTrue(value == 0 || value == 255, "value " + value);
      marked += value / 255;
    }
    return marked;
  }

  /** Whether the image differs from the one that was drawn on, which keeps its size. */
  private static boolean drawn(Path file, int image) throws IOException {
    var overlay = ImageIO.read(file.toFile());
    var plain = SampleImages.buffered(IMAGES.get(image));
    assertEquals(150, overlay.getWidth());
    assertEquals(60, overlay.getHeight());
    int changed = 0;
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 150; x++) {
        changed += (overlay.getRGB(x, y) ^ plain.getRGB(x, y)) << 8 == 0 ? 0 : 1;
      }
    }
    assertTrue(changed < 150 * 60 / 2, "most of the image is as it was");
    return changed > 0;
  }

  @Test
  void withoutAPixelThresholdThereAreNoRegionsAndNoFileIsBegun() throws IOException {
    TinyModelFile.write(model);
    for (var option : List.of("--masks", "--overlays")) {
      var program = run("predict --model MODEL PARTS " + option + " OUT/drawn");
      assertEquals(1, program.exitCode());
      assertEquals(1, program.err().lines().count(), program.err());
      assertTrue(program.err().contains("no pixel threshold"), program.err());
      assertFalse(Files.exists(folder.resolve("drawn")));
    }
    var plain = run("predict --model MODEL PARTS --csv - --json OUT/p.jsonl --html OUT/p.html");
    assertEquals(0, plain.exitCode(), plain.err());
    plain.out().lines().skip(1).forEach(line -> assertTrue(line.endsWith(",,,"), line));
    assertFalse(Files.readString(folder.resolve("p.jsonl")).contains("regions"));
    assertFalse(Files.readString(folder.resolve("p.html")).contains("id=\"outlines\""));
  }

  /** On some file systems names that differ in case are one, and none takes more than 255 bytes. */
  @Test
  void namesThatAreNearlyOneOrVeryLongHaveAMaskEach() throws IOException {
    var odd = Files.createDirectory(folder.resolve("odd"));
    var png = SampleImages.png(IMAGES.get(0));
    var names = List.of("a.png", "A.PNG", "ü".repeat(120) + ".png", "ü".repeat(120) + ".jpg");
    for (var name : names) {
      Files.write(odd.resolve(name), png);
    }
    var program =
        run("predict --model MODEL OUT/odd --masks OUT/masks --pixel-threshold " + threshold);
    assertEquals(0, program.exitCode(), program.err());
    try (Stream<Path> files = Files.list(folder.resolve("masks"))) {
      var masks = files.map(file -> file.getFileName().toString().toLowerCase(Locale.ROOT));
      assertEquals(names.size(), masks.distinct().count());
    }
  }

  @Test
  void wrongNumbersAndPlacesAreNamed() throws IOException {
    assertEquals(2, run("predict --model MODEL PARTS --pixel-threshold NaN").exitCode());
    for (var area : List.of("0", "-1", "150%", "big")) {
      var program = run("predict --model MODEL PARTS --min-area " + area);
      assertEquals(2, program.exitCode(), area);
      assertTrue(program.err().contains("such as 0.05%"), program.err());
    }
    var to = folder.resolve("masks");
    var twice = run("predict --model MODEL PARTS --csv OUT/masks --masks OUT/masks");
    assertEquals(2, twice.exitCode());
    assertFalse(Files.exists(to));
    assertEquals(0, run("predict --model MODEL PARTS --masks OUT/masks").exitCode());
    var mask = to.resolve("part0.png.mask.png");
    byte[] bytes = Files.readAllBytes(mask);
    var over = run("predict --model MODEL OUT/masks --masks OUT/masks");
    assertEquals(2, over.exitCode(), over.err());
    assertTrue(over.err().contains("mask.png: it is one of the images"), over.err());
    assertArrayEquals(bytes, Files.readAllBytes(mask));
    var file = Files.writeString(folder.resolve("file"), "x");
    var below = run("predict --model MODEL PARTS --overlays OUT/file");
    assertEquals(1, below.exitCode());
    assertEquals("", below.out(), "an image was processed");
    assertTrue(below.err().contains(file.toString()), below.err());
  }
}
