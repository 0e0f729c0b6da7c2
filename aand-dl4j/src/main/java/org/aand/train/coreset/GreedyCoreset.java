package org.aand.train.coreset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.random.RandomGenerator;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Scratch;
import org.aand.runtime.kernel.Workers;

/**
 * The approximate greedy coreset of PatchCore: always the point that is farthest from those chosen
 * before.
 *
 * <p>At first the distance of a point counts as the mean of those to a few starting points, drawn
 * at random, which are not chosen thereby. Each choice lowers the distances of the points that are
 * nearer to it. Of points equally far the first is chosen.
 *
 * <p>The choice is that of the plain algorithm, but most distances need not be computed: a point at
 * distance d from its nearest chosen point a is at least {@code |a - c| - d} from a new one c,
 * which is no nearer where {@code |a - c| >= 2 d}. So clusters that are small, seen from c, are
 * passed over, and in the others the points near their centre. Before any choice the centre is the
 * mean of the starting points, from which a point is no farther than in the mean from these.
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>K. Roth et al. Towards total recall in industrial anomaly detection. CVPR 2022, section
 *       3.2, algorithm 1; the starting points are those of its released code ({@code
 *       approx_greedy_coreset}).
 *   <li>T. Gonzalez. Clustering to minimize the maximum intercluster distance. Theoretical Computer
 *       Science 38, 1985.
 *   <li>C. Elkan. Using the triangle inequality to accelerate k-means. ICML 2003.
 * </ol>
 */
public final class GreedyCoreset {
  /** Dimensions that the released code projects features to before it chooses. */
  public static final int DIMENSIONS = 128;

  /** Starting points in the released code. */
  public static final int STARTING_POINTS = 10;

  /** More than what rounding may add to a distance, relative to it. */
  private static final float MARGIN = 1e-4f;

  private static final int CHUNK = 128;

  private final Points points;
  private final Workers workers;
  private final List<Cluster> clusters = new ArrayList<>();
  private float[] centreDistances = {};
  private int[] candidates = {};
  private float[] candidateDistances = {};

  private GreedyCoreset(Points points, Workers workers) {
    this.points = points;
    this.workers = workers;
  }

  /**
   * Chooses points.
   *
   * @param count how many, at most all; the same one again only where no other is left that differs
   *     from all chosen ones
   * @param random draws the starting points
   * @param progress hears of the number chosen so far, after each
   * @return their numbers, in the order of the choice
   */
  public static int[] choose(
      Points points, int count, RandomGenerator random, Workers workers, IntConsumer progress) {
    if (count < 1 || count > points.count()) {
      throw new IllegalArgumentException(count + " of " + points.count() + " points");
    }
    var coreset = new GreedyCoreset(points, workers);
    coreset.start(random);
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = coreset.next();
      progress.accept(i + 1);
    }
    return chosen;
  }

  private void start(RandomGenerator random) {
    int[] starts =
        random
            .ints(0, points.count())
            .distinct()
            .limit(Math.min(STARTING_POINTS, points.count()))
            .toArray();
    float[] means = new float[points.count()];
    inChunks(
        means.length,
        (point, scratch) -> {
          double sum = 0;
          for (int start : starts) {
            sum += points.distance(point, start, scratch);
          }
          means[point] = (float) (sum / starts.length);
        });
    var cluster = new Cluster(mean(starts));
    for (int point = 0; point < means.length; point++) {
      cluster.add(point, means[point]);
    }
    clusters.add(cluster);
  }

  private float[] mean(int[] some) {
    double[] sums = new double[points.dimensions()];
    for (int point : some) {
      float[] array = points.array(point);
      int offset = points.offset(point);
      for (int d = 0; d < sums.length; d++) {
        sums[d] += array[offset + d];
      }
    }
    float[] mean = new float[sums.length];
    for (int d = 0; d < mean.length; d++) {
      mean[d] = (float) (sums[d] / some.length);
    }
    return mean;
  }

  /** Chooses the farthest point and lets it take over those that are nearer to it. */
  private int next() {
    var of = clusters.get(0);
    for (var cluster : clusters) {
      if (cluster.radius() > of.radius()
          || (cluster.radius() == of.radius() && cluster.farthest() < of.farthest())) {
        of = cluster;
      }
    }
    int chosen = of.farthest();
    int offset = points.offset(chosen);
    float[] centre = Arrays.copyOfRange(points.array(chosen), offset, offset + points.dimensions());
    measureCentres(centre);
    int count = findCandidates();
    measureCandidates(centre, count);
    takeOver(centre);
    return chosen;
  }

  private void measureCentres(float[] centre) {
    int count = clusters.size();
    if (centreDistances.length < count) {
      centreDistances = new float[2 * count];
    }
    inChunks(
        count,
        (i, scratch) ->
            centreDistances[i] =
                Elements.distance(clusters.get(i).centre(), 0, centre, 0, centre.length, scratch));
  }

  /** Whether a point at this distance from a centre may be nearer to the new one. */
  private static boolean mayBeNearer(float distance, float centres) {
    return 2 * distance * (1 + MARGIN) > centres;
  }

  private int findCandidates() {
    int count = 0;
    for (int c = 0; c < clusters.size(); c++) {
      var cluster = clusters.get(c);
      float centres = centreDistances[c];
      if (mayBeNearer(cluster.radius(), centres)) {
        if (candidates.length < count + cluster.size()) {
          candidates = Arrays.copyOf(candidates, 2 * (count + cluster.size()));
        }
        for (int i = 0; i < cluster.size(); i++) {
          if (mayBeNearer(cluster.distance(i), centres)) {
            candidates[count++] = cluster.point(i);
          }
        }
      }
    }
    return count;
  }

  private void measureCandidates(float[] centre, int count) {
    if (candidateDistances.length < count) {
      candidateDistances = new float[candidates.length];
    }
    inChunks(
        count,
        (i, scratch) -> candidateDistances[i] = points.distance(candidates[i], centre, scratch));
  }

  private void takeOver(float[] centre) {
    var taken = new Cluster(centre);
    int candidate = 0;
    for (int c = 0; c < clusters.size(); c++) {
      var cluster = clusters.get(c);
      float centres = centreDistances[c];
      if (mayBeNearer(cluster.radius(), centres)) {
        int size = cluster.size();
        cluster.clear();
        for (int i = 0; i < size; i++) {
          int point = cluster.point(i);
          float distance = cluster.distance(i);
          float other =
              mayBeNearer(distance, centres)
                  ? candidateDistances[candidate++]
                  : Float.POSITIVE_INFINITY;
          (other < distance ? taken : cluster).add(point, Math.min(distance, other));
        }
      }
    }
    clusters.add(taken);
  }

  /** What is done for one number. */
  @FunctionalInterface
  private interface Body {
    void run(int i, Scratch scratch);
  }

  private void inChunks(int count, Body body) {
    workers.run(
        (count + CHUNK - 1) / CHUNK,
        (task, scratch) -> {
          int end = Math.min(count, (task + 1) * CHUNK);
          for (int i = task * CHUNK; i < end; i++) {
            body.run(i, scratch);
          }
        });
  }
}
