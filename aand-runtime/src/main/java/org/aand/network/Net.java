package org.aand.network;

import java.util.List;

/**
 * What network parts are built with: one operation after the other, in whatever form the
 * implementation has, such as a graph to train or a plan to run.
 *
 * <p>Maps are {@code [N, H, W, C]}; R = N H W is the number of locations.
 *
 * @param <T> a value in the network
 */
public interface Net<T> {
  /** Added to variances, as in torchvision's networks. */
  double EPSILON = 1e-5;

  /** An input to be fed, {@code [N, H, W, C]}. */
  T input(String name);

  /** A convolution, its batch normalisation, an activation. */
  T convNorm(T x, ConvNorm layer, Activation activation);

  /**
   * A convolution, its batch normalisation, the residual added, ReLU.
   *
   * @param layer not a transposed one
   * @param residual of the output's shape
   */
  T convNormResidual(T x, ConvNorm layer, T residual);

  /** A convolution without normalisation. */
  T convolution(T x, ConvLayer layer, Activation activation);

  /** The maximum of 3x3 neighbours at every second location; output {@code [N, H/2, W/2, C]}. */
  T maxPooling(T x);

  /** Maps side by side along the channels. */
  T concat(List<T> maps);

  /**
   * Some channels of a map, {@code [N, H, W, n]}.
   *
   * @param channels their numbers, n of them
   */
  T select(T x, List<Integer> channels);

  /** {@code a + b} of one shape. */
  T sum(T a, T b);

  /** {@code a * b} elementwise, of one shape. */
  T product(T a, T b);

  /** {@code 1 / (1 + exp(-x))}. */
  T sigmoid(T x);

  /** {@code x} where positive, else {@code slope * x}. */
  T leakyRelu(T x, double slope);

  /**
   * Every channel of every image normalised to mean 0 and (biased) variance 1 over {@code H, W}.
   */
  T instanceNormalization(T x, double epsilon);

  /**
   * A fixed linear map of locations, the same for every channel.
   *
   * @param enlargement length of a side of the output over that of the input
   */
  T resample(T x, LocationMap map, int enlargement);

  /** {@code x + PE}, the two-dimensional sinusoidal position encoding; C divisible by 4. */
  T addPositionalEncoding(T x);

  /**
   * The weight of the anomalous memory items when queries are matched with all items by cosine,
   * {@code [R, 1]}.
   *
   * @param queries {@code [N, H, W, C]}
   * @param items the parameter {@code [2M, C]}: M normal items, then M anomalous ones
   * @param normalItems M
   * @param temperature of the softmax over the items
   */
  T memoryMatching(T queries, String items, int normalItems, double temperature);

  /**
   * {@code gate * scale * x}.
   *
   * @param gate {@code [R, 1]}
   */
  T gatedScaling(T x, T scale, T gate);

  /**
   * {@code gate * v}.
   *
   * @param gate {@code [R, 1]}
   */
  T gating(T v, T gate);

  /** {@code limit - x}: what a score lacks to its limit. */
  T marginDeficit(T x, double limit);

  /**
   * The Euclidean distance of every location to the nearest item of a bank, {@code [N, H, W, 1]}.
   *
   * @param x {@code [N, H, W, C]}
   * @param bank the parameter {@code [items, C]}
   * @param items how many there are, at least 1
   */
  T nearestDistance(T x, String bank, int items);

  /**
   * The greatest of these distances in each image, less where the item m* that is nearest to its
   * location x has others nearby: {@code d* (1 - exp(d*) / sum_m exp(|x - m|))} over the items m
   * that are nearest to m*, itself among them; {@code [N, 1, 1, 1]}. With one neighbour it is the
   * greatest distance.
   *
   * @param x {@code [N, H, W, C]}
   * @param distances as {@link #nearestDistance} gives them
   * @param neighbours how many items m, at most all
   */
  T reweightedMaximum(T x, T distances, String bank, int items, int neighbours);

  /** {@code 1 - cos} of two maps at every location, {@code [N, H, W, 1]}, in [0, 2]. */
  T cosineDistance(T a, T b);

  /**
   * {@code |A (x - m)|} at every location, {@code [N, H, W, 1]}, with mean m and whitening A of the
   * location's Gaussian: the Mahalanobis distance.
   *
   * @param x {@code [N, H, W, C]} of the Gaussians' size
   */
  T mahalanobisDistance(T x, LocationGaussians gaussians);
}
