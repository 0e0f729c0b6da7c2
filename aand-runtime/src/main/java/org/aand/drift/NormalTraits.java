package org.aand.drift;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.aand.common.random.Draws;

/**
 * The traits of the normal images that a model was calibrated by.
 *
 * @param values of every trait, in ascending order, equally many of each, at least one
 * @param mean of their thumbnails
 */
public record NormalTraits(Map<Trait, List<Float>> values, Thumbnail mean) {
  /** No more images are kept; of more, evenly taken ones. */
  public static final int MOST = 500;

  /**
   * @throws IllegalArgumentException if a trait is missing, or its values are not finite and in
   *     order
   */
  public NormalTraits {
    requireNonNull(mean, "mean");
    var kept = new EnumMap<Trait, List<Float>>(Trait.class);
    for (var trait : Trait.values()) {
      var list = values.get(trait);
      if (list == null || list.isEmpty() || list.size() > MOST) {
        throw new IllegalArgumentException(
            "between 1 and " + MOST + " values of " + trait.words() + " are needed");
      }
      float last = Float.NEGATIVE_INFINITY;
      for (float value : list) {
        if (!Float.isFinite(value) || value < last) {
          throw new IllegalArgumentException("values of " + trait.words() + " are not in order");
        }
        last = value;
      }
      kept.put(trait, List.copyOf(list));
    }
    values = new TreeMap<>(kept);
  }

  /** Gathers normal images; of many, evenly taken ones. */
  public static final class Builder {
    private final List<Float> scores = new ArrayList<>();
    private final List<ImageTraits> images = new ArrayList<>();
    private long added;
    private int step = 1;

    /** Adds an image. */
    public void add(float score, ImageTraits traits) {
      if (added++ % step != 0) {
        return;
      }
      scores.add(score);
      images.add(traits);
      if (images.size() == 2 * MOST) {
        step *= 2;
        for (int i = 0; i < MOST; i++) {
          scores.remove(i + 1);
          images.remove(i + 1);
        }
      }
    }

    /** What was gathered; empty where there was no image. */
    public Optional<NormalTraits> build() {
      if (images.isEmpty()) {
        return Optional.empty();
      }
      var mean = mean();
      var observations =
          IntStream.range(0, images.size())
              .mapToObj(i -> observation(mean, scores.get(i), images.get(i)))
              .toList();
      var all = new EnumMap<Trait, List<Float>>(Trait.class);
      for (var trait : Trait.values()) {
        var sorted =
            observations.stream().map(seen -> requireNonNull(seen.get(trait))).sorted().toList();
        all.put(trait, Draws.evenly(sorted, MOST));
      }
      return Optional.of(new NormalTraits(all, mean));
    }

    private Thumbnail mean() {
      float[] sum = new float[Thumbnail.SIDE * Thumbnail.SIDE];
      for (var image : images) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += image.thumbnail().values()[i] / images.size();
        }
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] = Math.round(sum[i]); // as it is kept in a model file
      }
      return new Thumbnail(sum);
    }
  }

  /** How many images they are of. */
  public int images() {
    return of(Trait.SCORE).size();
  }

  /** The values of a trait, in ascending order. */
  public List<Float> of(Trait trait) {
    return requireNonNull(values.get(trait));
  }

  /** The traits of one more image. */
  Map<Trait, Float> observation(float score, ImageTraits traits) {
    return observation(mean, score, traits);
  }

  private static Map<Trait, Float> observation(Thumbnail mean, float score, ImageTraits traits) {
    var match = mean.match(traits.thumbnail());
    var observation = new EnumMap<Trait, Float>(Trait.class);
    observation.put(Trait.SCORE, score);
    observation.put(Trait.BRIGHTNESS, (float) traits.brightness());
    observation.put(Trait.CONTRAST, (float) traits.contrast());
    observation.put(Trait.SHARPNESS, (float) traits.sharpness());
    observation.put(Trait.RIGHT, (float) match.right());
    observation.put(Trait.DOWN, (float) match.down());
    observation.put(Trait.LIKENESS, (float) match.likeness());
    return observation;
  }
}
