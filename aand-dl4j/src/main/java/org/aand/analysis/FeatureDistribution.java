package org.aand.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.aand.common.image.ImageSize;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Binding;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.samediff.Model;
import org.aand.train.LevelMasks;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Features before and after amplification at sampled locations of test images, in two dimensions:
 * the paper's Fig. 6.
 *
 * <p>A location is anomalous as in training, by the share of its pixels that the ground truth
 * marks; normal where it marks none of them. Both features of all locations of a level are
 * projected together, so that before and after have the same axes. The projection is the one to the
 * two principal components, where the paper shows t-SNE: it keeps distances as they are along its
 * axes.
 *
 * @param levels from the shallowest; without those that have too few locations
 */
public record FeatureDistribution(List<Level> levels) {
  /** Most locations of a kind and level. */
  public static final int LOCATIONS = 100;

  private static final int DIMENSIONS = 2;

  /**
   * One level.
   *
   * @param level a, b or c
   * @param points one a location
   * @param shares of the variance that both axes explain
   */
  public record Level(String level, List<Point> points, List<Double> shares) {}

  /**
   * One location.
   *
   * @param anomalous whether it is
   * @param before where its frozen feature lies
   * @param after where its amplified feature lies
   */
  public record Point(boolean anomalous, List<Double> before, List<Double> after) {}

  /**
   * A test image.
   *
   * @param image {@code [S, S, 3]}, normalised
   * @param mask {@code [S, S]}, 1 where anomalous
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record LabelledImage(float[] image, byte[] mask) {}

  private record Location(int labelled, int row, boolean anomalous) {}

  public FeatureDistribution {
    levels = List.copyOf(levels);
  }

  /**
   * Samples and projects.
   *
   * @param model stays as it is
   * @param seed of the sampling
   */
  public static FeatureDistribution of(Model model, List<LabelledImage> samples, long seed) {
    var chosen = new ArrayList<List<Location>>();
    var sizes = model.levelSizes();
    for (int level = 0; level < sizes.size(); level++) {
      var random = new RandomStreams(seed).stream("feature locations", level);
      chosen.add(choose(samples, model.imageSize(), sizes.get(level), random));
    }
    var features = features(model, samples, chosen);
    var levels = new ArrayList<Level>();
    for (int level = 0; level < sizes.size(); level++) {
      if (features.get(level).size() > DIMENSIONS) {
        levels.add(
            project(Backbone.LEVEL_NAMES.get(level), chosen.get(level), features.get(level)));
      }
    }
    return new FeatureDistribution(levels);
  }

  private static List<Location> choose(
      List<LabelledImage> samples,
      ImageSize imageSize,
      ImageSize levelSize,
      RandomGenerator random) {
    var normal = new ArrayList<Location>();
    var anomalous = new ArrayList<Location>();
    for (int p = 0; p < samples.size(); p++) {
      double[] shares = LevelMasks.shares(List.of(samples.get(p).mask()), imageSize, levelSize);
      for (int row = 0; row < shares.length; row++) {
        if (shares[row] == 0) {
          normal.add(new Location(p, row, false));
        } else if (shares[row] > LevelMasks.THRESHOLD) {
          anomalous.add(new Location(p, row, true));
        }
      }
    }
    var chosen = new ArrayList<>(draw(normal, random));
    chosen.addAll(draw(anomalous, random));
    return chosen;
  }

  private static List<Location> draw(List<Location> candidates, RandomGenerator random) {
    return Draws.withoutReplacement(candidates, Math.min(LOCATIONS, candidates.size()), random);
  }

  /** For each level the frozen features of its locations, then their amplified ones. */
  private static List<List<double[]>> features(
      Model model, List<LabelledImage> samples, List<List<Location>> chosen) {
    var before = new ArrayList<double[][]>();
    var after = new ArrayList<double[][]>();
    for (var locations : chosen) {
      before.add(new double[locations.size()][]);
      after.add(new double[locations.size()][]);
    }
    var size = model.imageSize();
    try (var net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT)) {
      var frozen = model.teacher().backbone().build(net, net.input("images"));
      var amplified = model.teacher().amplify(net, frozen);
      var wanted = new ArrayList<>(frozen);
      wanted.addAll(amplified);
      try (var program = net.program(wanted)) {
        for (int p = 0; p < samples.size(); p++) {
          try (var image =
              HostValues.array(samples.get(p).image(), 1, size.height(), size.width(), 3)) {
            var outputs = program.run(Map.of("images", image));
            for (int level = 0; level < chosen.size(); level++) {
              var x = Binding.rows(outputs.get(frozen.get(level)));
              var y = Binding.rows(outputs.get(amplified.get(level)));
              for (int i = 0; i < chosen.get(level).size(); i++) {
                var location = chosen.get(level).get(i);
                if (location.labelled() == p) {
                  before.get(level)[i] = HostValues.read(x.getRow(location.row()));
                  after.get(level)[i] = HostValues.read(y.getRow(location.row()));
                }
              }
            }
          }
        }
      }
    }
    var features = new ArrayList<List<double[]>>();
    for (int level = 0; level < chosen.size(); level++) {
      var both = new ArrayList<>(Arrays.asList(before.get(level)));
      both.addAll(Arrays.asList(after.get(level)));
      features.add(both);
    }
    return features;
  }

  private static Level project(String name, List<Location> locations, List<double[]> features) {
    var components = PrincipalComponents.of(features, DIMENSIONS);
    var points = new ArrayList<Point>();
    for (int i = 0; i < locations.size(); i++) {
      points.add(
          new Point(
              locations.get(i).anomalous(),
              list(components.coordinates()[i]),
              list(components.coordinates()[locations.size() + i])));
    }
    return new Level(name, List.copyOf(points), list(components.shares()));
  }

  private static List<Double> list(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
