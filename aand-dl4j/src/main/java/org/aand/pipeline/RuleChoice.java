package org.aand.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.detect.LocationScores;
import org.aand.detect.MapPredictor;
import org.aand.evaluation.SyntheticSelection;
import org.aand.model.ImageScore;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.report.page.Numbers;
import org.aand.runtime.RuntimeModel;

/**
 * Chooses between the rule of map and image score that was fitted and simpler ones by how well
 * synthetic anomalies on held-out normal images are found. No test image is used.
 *
 * <p>The rules: the fitted map, and the discrepancies alone; each with the fitted image score, the
 * same share of the anomaly map itself, and its maximum. The first of equals is kept, the fitted
 * rule being the first of all.
 */
final class RuleChoice {
  private RuleChoice() {}

  /**
   * Chooses, and writes the model again where another rule than the fitted one is kept.
   *
   * @param file a model with a fitted rule
   * @param judge has the synthetic anomalies
   */
  static void apply(Path file, SyntheticSelection judge, RunListener listener) {
    var stored = RuntimeModel.read(file);
    var contents = stored.contents();
    var model = contents.description();
    var rules = rules(model.rule(), model.levelSizes().size());
    var merits = new ArrayList<Double>();
    try (var detector = stored.model().detector(Runtime.getRuntime().availableProcessors())) {
      LocationScores network = detector::discrepancies;
      var scores = model.tiling().divides() ? network : remembering(network);
      for (var rule : rules) {
        var merit = judge.merit(new MapPredictor(model.with(rule), scores)::predict);
        if (merit.isEmpty()) {
          return;
        }
        merits.add(merit.getAsDouble());
      }
    }
    double most = merits.stream().max(Comparator.naturalOrder()).orElseThrow();
    int best = merits.indexOf(most);
    if (best > 0) {
      ModelFile.rewrite(file, contents.with(model.with(rules.get(best))), contents.notes(), file);
    }
    listener.onRulesJudged(
        IntStream.range(0, rules.size())
            .mapToObj(
                r -> new JudgedRule(label(model.with(rules.get(r))), merits.get(r), r == best))
            .toList());
  }

  /**
   * The rules to compare, the fitted one first.
   *
   * @param levels how many maps come before those that are joined
   */
  static List<MapRule> rules(MapRule fitted, int levels) {
    var scores =
        List.of(
            fitted.score(), new ImageScore(fitted.score().share(), List.of()), ImageScore.MAXIMUM);
    var rules = new LinkedHashSet<MapRule>();
    for (var weights : List.of(fitted.weights(), withoutJoined(fitted.weights(), levels))) {
      scores.forEach(score -> rules.add(new MapRule(fitted.sigma(), weights, score)));
    }
    return List.copyOf(rules);
  }

  private static List<Double> withoutJoined(List<Double> weights, int levels) {
    return IntStream.range(0, weights.size())
        .mapToObj(m -> m < levels ? weights.get(m) : 0.0)
        .toList();
  }

  /** A model's rule for people. */
  static String label(ModelDescription model) {
    var rule = model.rule();
    var score = rule.score();
    return "map of "
        + String.join(", ", parts(model))
        + "; score: "
        + (score.share() == 0
            ? "maximum"
            : "mean of the greatest " + Numbers.significant(100 * score.share(), 3) + " %")
        + (score.isRelative() ? " relative to normal images" : "");
  }

  private static List<String> parts(ModelDescription model) {
    int levels = model.levelSizes().size();
    var parts = new ArrayList<>(List.of("discrepancies"));
    if (model.rule().weights().stream().skip(levels).anyMatch(weight -> weight > 0)) {
      boolean bank = model.scoring().memoryBank().isPresent();
      int maps = model.scoring().mapSizes(model.imageSize()).size();
      if (bank) {
        parts.add("memory bank");
      }
      if (maps > levels + (bank ? 1 : 0)) {
        parts.add("gates");
      }
    }
    return parts;
  }

  /** Runs the network once for each image, which is known again by its identity. */
  private static LocationScores remembering(LocationScores network) {
    Map<float[], List<double[]>> known = new IdentityHashMap<>();
    return images ->
        images.stream()
            .map(
                image ->
                    known.computeIfAbsent(
                        image, i -> network.of(Collections.singletonList(i)).get(0)))
            .toList();
  }
}
