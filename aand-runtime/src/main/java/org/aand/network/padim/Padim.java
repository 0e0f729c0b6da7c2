package org.aand.network.padim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aand.common.random.Draws;
import org.aand.network.LocationGaussians;
import org.aand.network.LocationMap;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;

/**
 * PaDiM: some channels of the backbone's three levels, side by side at level a's size, and the
 * Mahalanobis distance of each location's feature from the Gaussian of normal images there.
 *
 * <ul>
 *   <li>levels: {@code [N, H, W, A]}, {@code [N, H/2, W/2, B]}, {@code [N, H/4, W/4, C]}
 *   <li>features: {@code [N, H, W, d]}; a location of b or c counts for all of a's that it covers
 *   <li>distance: {@code [N, H, W, 1]}, not negative; the root of the quadratic form
 * </ul>
 *
 * <p>Levels b and c are enlarged by repetition, as in the paper, where the pixels that a location
 * covers share its feature, and in the implementations in common use.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>T. Defard, A. Setkov, A. Loesch, R. Audigier. PaDiM: a patch distribution modeling
 *       framework for anomaly detection and localization. ICPR 2020 workshops.
 * </ol>
 *
 * @param backbone whose levels are read
 * @param height H, a quarter of the image's
 * @param width W
 * @param channels which of the A + B + C channels are taken, ascending
 */
public record Padim(Backbone backbone, int height, int width, List<Integer> channels) {
  private static final String NAME = "padim";

  /** Channels that the paper takes of ResNet-18's 448. */
  private static final int OF_BASIC_BLOCKS = 100;

  /** Channels that the paper takes of WideResNet-50-2's 1792. */
  private static final int OF_BOTTLENECK_BLOCKS = 550;

  /**
   * @throws IllegalArgumentException if there is no channel, or they are not ascending numbers of
   *     the backbone's
   */
  public Padim {
    channels = List.copyOf(channels);
    int before = -1;
    for (int channel : channels) {
      if (channel <= before || channel >= allChannels(backbone)) {
        throw new IllegalArgumentException(
            "channel " + channel + " of " + allChannels(backbone) + " after " + before);
      }
      before = channel;
    }
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("PaDiM needs at least one channel");
    }
  }

  /**
   * With channels drawn at random.
   *
   * @param count how many; all of the backbone's where it has fewer
   */
  public static Padim drawn(
      Backbone backbone, int height, int width, int count, RandomGenerator random) {
    var all = IntStream.range(0, allChannels(backbone)).boxed().toList();
    var drawn = Draws.withoutReplacement(all, Math.min(count, all.size()), random);
    return new Padim(backbone, height, width, drawn.stream().sorted().toList());
  }

  /** Channels of the backbone's levels together. */
  public static int allChannels(Backbone backbone) {
    return backbone.channels().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * How many channels the paper takes: 100 of ResNet-18's 448 and 550 of WideResNet-50-2's 1792. It
   * names no others; backbones of the same kind of block take as many here, or all they have.
   */
  public static int usualChannels(Backbone backbone) {
    int usual = backbone.bottleneckBlocks() ? OF_BOTTLENECK_BLOCKS : OF_BASIC_BLOCKS;
    return Math.min(usual, allChannels(backbone));
  }

  /** The Gaussians. */
  public LocationGaussians gaussians() {
    return new LocationGaussians(NAME, height, width, channels.size());
  }

  /** All parameters. */
  public List<ParameterSpec> parameters() {
    return gaussians().parameters();
  }

  /** Adds the features of the backbone's levels. */
  public <T> T features(Net<T> net, List<T> levels) {
    var parts = new ArrayList<T>();
    int first = 0;
    for (int level = 0; level < levels.size(); level++) {
      int width = backbone.channels().get(level);
      var own = ownChannels(first, width);
      if (!own.isEmpty()) {
        parts.add(enlarged(net, net.select(levels.get(level), own), 1 << level));
      }
      first += width;
    }
    return parts.size() == 1 ? parts.get(0) : net.concat(parts);
  }

  private List<Integer> ownChannels(int first, int count) {
    return channels.stream()
        .filter(channel -> channel >= first && channel < first + count)
        .map(channel -> channel - first)
        .toList();
  }

  private static <T> T enlarged(Net<T> net, T level, int factor) {
    LocationMap repetition = size -> repetition(size, factor);
    return factor == 1 ? level : net.resample(level, repetition, factor);
  }

  /** Repetition of every location as a matrix {@code [factor h, h]}. */
  static double[] repetition(int size, int factor) {
    double[] matrix = new double[factor * size * size];
    for (int i = 0; i < factor * size; i++) {
      matrix[i * size + i / factor] = 1;
    }
    return matrix;
  }

  /** Adds the distance of the features of the backbone's levels. */
  public <T> T distance(Net<T> net, List<T> levels) {
    return net.mahalanobisDistance(features(net, levels), gaussians());
  }
}
