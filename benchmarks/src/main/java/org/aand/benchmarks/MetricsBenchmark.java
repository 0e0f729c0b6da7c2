package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.aand.common.random.RandomStreams;
import org.aand.metrics.AnomalyMetrics;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * All image and pixel metrics of a test set of bottle's size: 83 images of 256x256, 63 defective.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx1g")
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MetricsBenchmark {
  private static final int IMAGES = 83;
  private static final int NORMAL = 20;

  private final List<float[]> maps = new ArrayList<>();
  private final List<byte[]> masks = new ArrayList<>();
  private final boolean[] defective = new boolean[IMAGES];
  private final float[] scores = new float[IMAGES];

  /** Draws maps with a raised square where the defect is. */
  @Setup(Level.Trial)
  public void draw() {
    for (int image = 0; image < IMAGES; image++) {
      defective[image] = image >= NORMAL;
      var random = new RandomStreams(1).stream("maps", image);
      byte[] mask = new byte[Networks.SIZE * Networks.SIZE];
      float[] map = new float[mask.length];
      int left = random.nextInt(20, 150);
      int top = random.nextInt(20, 150);
      for (int i = 0; i < map.length; i++) {
        int x = i % Networks.SIZE - left;
        int y = i / Networks.SIZE - top;
        boolean inside = x >= 0 && y >= 0 && x < 80 && y < 80;
        mask[i] = (byte) (defective[image] && inside ? 1 : 0);
        map[i] = (float) Math.exp(random.nextGaussian() - 3 + 2 * mask[i]);
        scores[image] = Math.max(scores[image], map[i]);
      }
      maps.add(map);
      masks.add(mask);
    }
  }

  /** Every metric that a report shows. */
  @Benchmark
  public AnomalyMetrics category() {
    return AnomalyMetrics.of(scores, defective, maps, masks, Networks.SIZE, Networks.SIZE);
  }
}
