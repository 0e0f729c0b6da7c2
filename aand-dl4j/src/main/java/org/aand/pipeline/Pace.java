package org.aand.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.common.image.RgbImage;
import org.aand.io.synthesis.TextureSource;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.aand.train.JoinedMemoryBank;
import org.aand.train.Training;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingListener;
import org.aand.train.TrainingListener.Stage;
import org.aand.train.TrainingSettings;

/**
 * How fast a training goes on this machine.
 *
 * @param batchSize images a step
 * @param setup seconds that a stage takes once
 * @param step seconds of each of its steps
 * @param bankSeconds seconds that filling the memory bank takes, where one is joined
 */
record Pace(int batchSize, Map<Stage, Double> setup, Map<Stage, Double> step, double bankSeconds) {
  /** So many steps of a stage are tried; the first ones are slower than the others. */
  private static final int STEPS = 6;

  /** Tries a few steps of each stage on a network with this teacher, which is closed with it. */
  static Pace measure(
      TrainRequest request, Parameters teacher, TrainingImages images, TextureSource textures) {
    int batch = request.training().batchSize();
    int count = STEPS * batch;
    var tried =
        new TrainingImages(
            images.size(),
            IntStream.range(0, count).mapToObj(i -> image(images, i)).toList(),
            IntStream.range(0, count).mapToObj(i -> foreground(images, i)).toList());
    var watch = new Stopwatch();
    try (var model =
        Network.of(
                request.variant(),
                request.backbone(),
                request.tiling().tileSize(),
                request.training())
            .model(teacher, request.tiling(), request.training().seed())) {
      var settings =
          Network.settings(request.variant(), request.training().copy().epochs(1, 1).build());
      Training.run(model, tried, textures, settings, watch);
      var pace = watch.pace(batch);
      return request.joinsBank() ? pace.withBank(model, images, tried, settings) : pace;
    }
  }

  /** The same with the time of filling the bank, which is tried with a few images. */
  private Pace withBank(
      Model model, TrainingImages images, TrainingImages tried, TrainingSettings settings) {
    var bank = JoinedMemoryBank.of(model.description(), images, settings).orElseThrow();
    var small = JoinedMemoryBank.of(model.description(), tried, settings).orElseThrow();
    var watch = new Stopwatch();
    small.join(model, watch);
    var filling = watch.pace(batchSize);
    // An item is chosen among all patches.
    double choosing =
        filling.step.getOrDefault(Stage.FITTING, 0.0)
            * bank.items()
            * bank.images()
            / small.images();
    return new Pace(batchSize, setup, step, filling.fixedSeconds(bank.images()) + choosing);
  }

  private static RgbImage image(TrainingImages images, int i) {
    return images.images().get(i % images.count());
  }

  private static byte[] foreground(TrainingImages images, int i) {
    return images.foregrounds().get(i % images.count());
  }

  /** Seconds of an epoch of stage 1 with so many images; 0 where there is no such stage. */
  double stage1Epoch(int images) {
    return steps(images) * step.getOrDefault(Stage.STAGE1, 0.0);
  }

  /** Seconds of an epoch of stage 2, or of the discriminator, with so many images. */
  double stage2Epoch(int images) {
    return steps(images)
        * step.getOrDefault(Stage.STAGE2, step.getOrDefault(Stage.DISCRIMINATOR, 0.0));
  }

  /** Seconds that a training takes besides its epochs. */
  double fixedSeconds(int images) {
    double once = setup.values().stream().mapToDouble(s -> s).sum();
    return once + steps(images) * step.getOrDefault(Stage.FEATURES, 0.0) + bankSeconds;
  }

  /** Seconds that an image takes in the slower stage. */
  double secondsPerImage() {
    return Math.max(stage1Epoch(batchSize), stage2Epoch(batchSize)) / batchSize;
  }

  private int steps(int images) {
    return (images + batchSize - 1) / batchSize;
  }

  /** Times the steps of a training. */
  private static final class Stopwatch implements TrainingListener {
    private final Map<Stage, List<Double>> laps = new EnumMap<>(Stage.class);
    private long last = System.nanoTime();

    @Override
    public void onStep(Stage stage) {
      long now = System.nanoTime();
      laps.computeIfAbsent(stage, s -> new ArrayList<>()).add((now - last) / 1e9);
      last = now;
    }

    /** A stage's first step has what the stage takes once. */
    Pace pace(int batchSize) {
      var setup = new EnumMap<Stage, Double>(Stage.class);
      var step = new EnumMap<Stage, Double>(Stage.class);
      laps.forEach(
          (stage, all) -> {
            var others = all.size() == 1 ? all : all.subList(1, all.size());
            double[] sorted = others.stream().mapToDouble(s -> s).sorted().toArray();
            double median = sorted[sorted.length / 2];
            step.put(stage, median);
            setup.put(stage, Math.max(0, all.get(0) - median));
          });
      return new Pace(batchSize, setup, step, 0);
    }
  }
}
