package org.aand.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Runs as training on a category would give them; the numbers are made up. */
public final class SampleRuns {
  private static final String HASH =
      "348a8adc1eafcb58346c33e8285edf54139577253d6f1e3da9001651ce4e9b89";
  private static final List<String> DEFECTS =
      List.of("broken_large", "broken_small", "contamination");

  private SampleRuns() {}

  public static final Teacher PRETRAINED =
      new Teacher(Teacher.Source.FILE, "ResNet-18, ImageNet", HASH, null);
  public static final Teacher RANDOM =
      new Teacher(Teacher.Source.RANDOM, "tiny network of 3 levels", null, null);

  public static Provenance provenance() {
    var versions = new LinkedHashMap<String, String>();
    versions.put("aand", "0.1.0");
    versions.put("nd4j", "1.0.0-M2.1");
    versions.put("openblas", "0.3.19");
    var hashes = new LinkedHashMap<String, String>();
    hashes.put("train", HASH.replace('4', '7'));
    hashes.put("test", HASH.replace('8', '2'));
    return new Provenance(
        17,
        versions,
        "nd4j-native, OpenBLAS, oneDNN (avx2)",
        "AMD EPYC 7B13, 2 cores, 24 GiB",
        "Linux 6.1.0 amd64",
        "OpenJDK 17.0.15",
        2,
        "aand train --data mvtec/bottle --method aand --seed 17 --out runs/bottle",
        hashes,
        Instant.parse("2026-03-14T09:26:53Z"),
        Instant.parse("2026-03-14T10:11:08.5Z"));
  }

  /** A complete AAND result. */
  public static RunResult aand() {
    return trained(Method.AAND, PRETRAINED, 0.42, 0.13)
        .stage(stage("stage1", 10, 1.39, Map.of("focal", 0.0665, "amplification", 0.183)))
        .stage(stage("stage2", 20, 1.16, Map.of("distillation", 3.26)))
        .confidenceInterval(
            Metric.IMAGE_AUROC,
            new Interval(0.9712, 1, 0.95, "bootstrap over images, 1000 resamples"))
        .build();
  }

  /** A complete baseline result. */
  public static RunResult rd() {
    return trained(Method.RD, PRETRAINED, 0.21, 0.09)
        .stage(stage("rd", 20, 1.17, Map.of("distillation", 1.07)))
        .build();
  }

  /** Whatever a trained run has, without its stages. */
  public static RunResult.Builder trained(
      Method method, Teacher teacher, double level, double spread) {
    return RunResult.builder(method, "mvtec", "bottle", teacher, provenance())
        .backbone("resnet18")
        .metric(Metric.IMAGE_AUROC, method == Method.AAND ? 0.9937 : 0.9968)
        .metric(Metric.PIXEL_AUROC, method == Method.AAND ? 0.9810 : 0.9857)
        .metric(Metric.AUPRO, method == Method.AAND ? 0.9498 : 0.9617)
        .metric(Metric.IMAGE_AP, 0.9981)
        .metric(Metric.PIXEL_AP, 0.7423)
        .metric(Metric.IMAGE_F1_MAX, 0.9841)
        .setting("image size", "256")
        .setting("batch size", "16")
        .setting("optimiser", "Adam, learning rate 0.005, betas 0.5 and 0.999")
        .setting("map smoothing", "Gaussian, sigma 4")
        .trainImages(209)
        .peakMemoryBytes(2_362_232_012L)
        .imagesPerSecond(7.83)
        .skipped(List.of(new SkippedFile("train/good/017.png", "not a PNG file: it is empty")))
        .images(images(level, spread));
  }

  public static List<ScoredImage> images(double level, double spread) {
    var images = new ArrayList<ScoredImage>();
    RandomGenerator random = random(level);
    for (int i = 0; i < 20; i++) {
      double score = level + spread * 0.5 * random.nextGaussian();
      images.add(new ScoredImage(name("good", i), "good", false, score));
    }
    for (String defect : DEFECTS) {
      for (int i = 0; i < 21; i++) {
        double score = level + spread * (3.2 + 1.1 * random.nextGaussian());
        images.add(new ScoredImage(name(defect, i), defect, true, score));
      }
    }
    return images;
  }

  public static Stage stage(
      String name, int epochs, double secondsPerStep, Map<String, Double> firstLosses) {
    RandomGenerator random = random(secondsPerStep);
    var all = new ArrayList<Epoch>();
    for (int epoch = 1; epoch <= epochs; epoch++) {
      var losses = new LinkedHashMap<String, @Nullable Double>();
      for (var first : new TreeMap<>(firstLosses).entrySet()) {
        double fall = 0.3 + 0.7 / Math.sqrt(epoch) + 0.03 * random.nextGaussian();
        losses.put(first.getKey(), first.getValue() * fall);
      }
      double rate = 0.005 * (epoch > 0.8 * epochs ? 0.2 : 1) * (epoch > 0.9 * epochs ? 0.2 : 1);
      all.add(new Epoch(epoch, rate, losses, 14 * secondsPerStep, secondsPerStep));
    }
    return new Stage(name, all, secondsPerStep);
  }

  private static String name(String label, int i) {
    return "test/" + label + "/" + (i < 10 ? "00" : "0") + i + ".png";
  }

  private static RandomGenerator random(double seed) {
    return RandomGeneratorFactory.of("Xoshiro256PlusPlus").create(Double.doubleToLongBits(seed));
  }
}
