package org.aand.train.coreset;

import java.util.Arrays;

/**
 * The points that are nearer to this centre than to any other one, and how far they are from it.
 */
final class Cluster {
  private final float[] centre;
  private int[] points = new int[4];
  private float[] distances = new float[4];
  private int size;
  private int farthest = -1;
  private float radius = -1;

  Cluster(float[] centre) {
    this.centre = centre;
  }

  float[] centre() {
    return centre;
  }

  int size() {
    return size;
  }

  int point(int i) {
    return points[i];
  }

  float distance(int i) {
    return distances[i];
  }

  /** The greatest distance; -1 where there is no point. */
  float radius() {
    return radius;
  }

  /** The point at that distance, the one of the lowest number of several. */
  int farthest() {
    return farthest;
  }

  void add(int point, float distance) {
    if (size == points.length) {
      points = Arrays.copyOf(points, 2 * size);
      distances = Arrays.copyOf(distances, 2 * size);
    }
    put(size++, point, distance);
  }

  private void put(int i, int point, float distance) {
    points[i] = point;
    distances[i] = distance;
    if (distance > radius || (distance == radius && point < farthest)) {
      radius = distance;
      farthest = point;
    }
  }

  /** Begins anew; points that stay are to be kept one by one, in their order. */
  void clear() {
    size = 0;
    radius = -1;
    farthest = -1;
  }
}
