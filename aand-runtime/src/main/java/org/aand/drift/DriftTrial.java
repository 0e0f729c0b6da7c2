package org.aand.drift;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;

/**
 * How well a {@link DriftMonitor} works on a line's own images: how often it is wrong while nothing
 * happens, and how soon it notices what does.
 *
 * <p>Lines are made of the given images in random order, again and again.
 */
public final class DriftTrial {
  /** Lines of every kind. */
  public static final int LINES = 20;

  /** Images of a line to which nothing happens. */
  public static final int UNDISTURBED = 2_000;

  /** Images of a line before something happens to it. */
  public static final int BEFORE = 200;

  /** Images that are waited for until it is noticed. */
  public static final int AFTER = 500;

  private final NormalTraits normal;
  private final DriftMonitor.Settings settings;
  private final RandomStreams streams;

  /**
   * @param normal what the line is compared with
   * @param settings of the monitor
   * @param seed of the images' order
   */
  public DriftTrial(NormalTraits normal, DriftMonitor.Settings settings, long seed) {
    this.normal = normal;
    this.settings = settings;
    this.streams = new RandomStreams(seed);
  }

  /** An image's score and traits. */
  public record Seen(float score, ImageTraits traits) {}

  /**
   * How soon a disturbance was noticed.
   *
   * @param noticed in how many of the {@value #LINES} lines
   * @param median images until then; absent where fewer than half were noticed
   * @param most images until then; absent where one was not noticed
   * @param cause what was said most often
   */
  public record Delay(int noticed, OptionalInt median, OptionalInt most, Optional<String> cause) {}

  /**
   * How often drift is reported in lines to which nothing happens.
   *
   * @param images as they are, at least one
   * @return alarms in {@value #LINES} lines of {@value #UNDISTURBED} images; an alarm that lasts
   *     counts once
   */
  public int falseAlarms(List<Seen> images) {
    var observed = observed(images);
    int alarms = 0;
    for (int line = 0; line < LINES; line++) {
      var monitor = new DriftMonitor(normal, settings);
      var order = new Order(observed, streams.stream("undisturbed line", line));
      boolean before = false;
      for (int i = 0; i < UNDISTURBED; i++) {
        boolean drifted = monitor.add(order.next()).drifted();
        alarms += drifted && !before ? 1 : 0;
        before = drifted;
      }
    }
    return alarms;
  }

  /**
   * How soon it is noticed that images become others.
   *
   * @param images as they are
   * @param disturbed the same, disturbed
   */
  public Delay delay(List<Seen> images, List<Seen> disturbed) {
    var before = observed(images);
    var after = observed(disturbed);
    int[] delays = new int[LINES];
    var causes = new ArrayList<String>();
    for (int line = 0; line < LINES; line++) {
      var monitor = new DriftMonitor(normal, settings);
      var undisturbed = new Order(before, streams.stream("line before", line));
      for (int i = 0; i < BEFORE; i++) {
        monitor.add(undisturbed.next());
      }
      var order = new Order(after, streams.stream("line after", line));
      delays[line] = Integer.MAX_VALUE;
      for (int i = 1; i <= AFTER && delays[line] == Integer.MAX_VALUE; i++) {
        if (monitor.add(order.next()).drifted()) {
          delays[line] = i;
        }
      }
      // What is said when only part of the window is disturbed changes until all of it is.
      for (int i = 0; i < settings.window(); i++) {
        monitor.add(order.next());
      }
      monitor.report().cause().ifPresent(causes::add);
    }
    Arrays.sort(delays);
    return new Delay(
        (int) Arrays.stream(delays).filter(delay -> delay < Integer.MAX_VALUE).count(),
        known(delays[LINES / 2]),
        known(delays[LINES - 1]),
        mostFrequent(causes));
  }

  private static OptionalInt known(int delay) {
    return delay == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(delay);
  }

  private static Optional<String> mostFrequent(List<String> causes) {
    var counts = new HashMap<String, Integer>();
    causes.forEach(cause -> counts.merge(cause, 1, Integer::sum));
    return causes.stream().max(Comparator.comparing(counts::get));
  }

  private List<Map<Trait, Float>> observed(List<Seen> images) {
    return images.stream().map(seen -> normal.observation(seen.score(), seen.traits())).toList();
  }

  /** Items in random order, all of them before any comes again. */
  private static final class Order {
    private final List<Map<Trait, Float>> items;
    private final RandomGenerator random;
    private List<Map<Trait, Float>> left = List.of();

    Order(List<Map<Trait, Float>> items, RandomGenerator random) {
      this.items = items;
      this.random = random;
    }

    Map<Trait, Float> next() {
      if (left.isEmpty()) {
        left = Draws.withoutReplacement(items, items.size(), random);
      }
      var next = left.get(0);
      left = left.subList(1, left.size());
      return next;
    }
  }
}
