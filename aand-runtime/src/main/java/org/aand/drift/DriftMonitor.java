package org.aand.drift;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the last images of a line with the normal images that its model was calibrated by.
 *
 * <p>Every half window, the window's values of each {@link Trait} are tested against the normal
 * images' by the two-sample test of Kolmogorov and Smirnov. The level of a test is chosen so that,
 * with all traits and all repetitions, no more than {@link Settings#falseAlarms} windows in 10,000
 * images are expected to be called drifted while the images are drawn from what the normal ones
 * were drawn from. That holds whatever the distributions and however few the normal images; it does
 * not hold where neighbouring images are alike in a way that the normal images as a whole are not,
 * as with light that changes over the day.
 *
 * <p>Thread-safe.
 */
public final class DriftMonitor {
  private static final double PER_IMAGES = 10_000;

  /**
   * How drift is watched.
   *
   * @param window so many last images are compared, at least 10
   * @param falseAlarms expected in 10,000 images at most, positive
   */
  public record Settings(int window, double falseAlarms) {
    /** 50 images, one false alarm in 10,000. */
    public Settings() {
      this(50, 1);
    }

    /**
     * @throws IllegalArgumentException if a number is out of range
     */
    public Settings {
      if (window < 10 || window > 10_000) {
        throw new IllegalArgumentException("a window of " + window + " images; choose 10 to 10000");
      }
      if (!(falseAlarms > 0 && falseAlarms <= PER_IMAGES / 10)) {
        throw new IllegalArgumentException(
            falseAlarms + " false alarms in 10,000 images are not between 0 and 1000");
      }
    }

    /** Images between two evaluations. */
    int step() {
      return window / 2;
    }

    /** The level of each single test. */
    double level() {
      return falseAlarms / PER_IMAGES * step() / Trait.values().length;
    }
  }

  private final NormalTraits normal;
  private final Settings settings;
  private final Deque<Map<Trait, Float>> last = new ArrayDeque<>();
  private long images;
  private DriftReport report = new DriftReport(0, 0, Map.of(), List.of());

  /** A monitor that has seen nothing. */
  public DriftMonitor(NormalTraits normal, Settings settings) {
    this.normal = normal;
    this.settings = settings;
  }

  /**
   * Takes one more image in.
   *
   * @param score of the image
   * @return what the last evaluation found
   */
  public DriftReport add(float score, ImageTraits traits) {
    return add(normal.observation(score, traits));
  }

  /** Takes in an image whose traits are known. */
  synchronized DriftReport add(Map<Trait, Float> observation) {
    images++;
    last.addLast(observation);
    if (last.size() > settings.window()) {
      last.removeFirst();
    }
    boolean due = last.size() == settings.window() && images % settings.step() == 0;
    report = due ? evaluate() : report.after(images);
    return report;
  }

  /** What the last evaluation found. */
  public synchronized DriftReport report() {
    return report;
  }

  private DriftReport evaluate() {
    var traits = new EnumMap<Trait, DriftReport.Finding>(Trait.class);
    for (var trait : Trait.values()) {
      traits.put(trait, finding(trait));
    }
    return new DriftReport(images, last.size(), traits, DriftCause.of(traits));
  }

  private DriftReport.Finding finding(Trait trait) {
    double[] window = last.stream().mapToDouble(seen -> seen.getOrDefault(trait, 0f)).toArray();
    double[] before = normal.of(trait).stream().mapToDouble(value -> value).toArray();
    double p = KolmogorovSmirnov.pValue(before, window);
    Arrays.sort(window);
    return new DriftReport.Finding(
        quantile(window, 0.5),
        quantile(window, 0.1),
        quantile(window, 0.9),
        quantile(before, 0.5),
        p,
        p < settings.level());
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  }
}
