package org.aand.pipeline;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;
import org.aand.io.dataset.Sample;

/**
 * Normal images, divided into those that are trained on and those that are not: the held-out
 * normals.
 *
 * @param train in the order of the whole
 * @param normals in the order of the whole; may be empty
 */
record HeldOut(List<Sample> train, List<Sample> normals) {
  /** So many are held out at least: with 19 a false-alarm rate of 5 % can be kept. */
  static final int LEAST = 20;

  /**
   * Draws the held-out normals: the share, but at least {@value #LEAST}, and never more than half.
   *
   * @param share in [0, 1); 0 holds none out
   * @param seed of the draw
   */
  static HeldOut of(List<Sample> good, double share, long seed) {
    int count =
        share == 0
            ? 0
            : Math.min(Math.max((int) Math.ceil(share * good.size()), LEAST), good.size() / 2);
    return draw(good, count, seed);
  }

  /** Draws so many held-out normals. */
  static HeldOut draw(List<Sample> good, int count, long seed) {
    var chosen = new HashSet<>(drawn(good.size(), count, seed));
    var train = new ArrayList<Sample>();
    var normals = new ArrayList<Sample>();
    for (int i = 0; i < good.size(); i++) {
      (chosen.contains(i) ? normals : train).add(good.get(i));
    }
    return new HeldOut(List.copyOf(train), List.copyOf(normals));
  }

  private static List<Integer> drawn(int of, int count, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("held-out normals");
    return Draws.withoutReplacement(IntStream.range(0, of).boxed().toList(), count, random);
  }
}
