package org.aand.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.image.ImageSize;
import org.aand.model.ImageScore;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.NormalScores;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchCore;

/**
 * Fits map and image score of a model to what its network says of normal images; no label is used.
 *
 * <ul>
 *   <li>Map: the discrepancies of teacher and student, each with weight 1 as in the paper; where
 *       there are any, the distance to a memory bank with {@value #BANK_WEIGHT} times, and the
 *       gates of the RAA modules with {@value #GATE_WEIGHT} of the weight at which they would
 *       spread over normal images as a level's discrepancy does
 *   <li>Image score: the mean of the {@value #SHARE} of the pixels that are greatest, of a map in
 *       which every location is compared with its own normal scores. A part that lies alike in all
 *       images is unlike itself at its edges and marks, image after image; there more is needed to
 *       be called anomalous. Where parts lie differently in every image, a location says nothing of
 *       the next image, and is compared with the whole map; the normal images themselves decide,
 *       map by map ({@link NormalMap}). Discrepancies and memory bank are compared, the bank
 *       counting as much as all levels. Images in tiles are scored by the anomaly map itself.
 * </ul>
 */
public final class MapRuleFit {
  private static final double GATE_WEIGHT = 0.25;
  private static final double BANK_WEIGHT = 3;
  private static final double SHARE = 0.01;

  private final ModelDescription model;
  private final List<NormalMap> maps;

  /**
   * @param model as {@link #forFitting} gives it
   */
  public MapRuleFit(ModelDescription model) {
    this.model = model;
    maps =
        model.scoring().mapSizes(model.imageSize()).stream()
            .map(ImageSize::pixels)
            .map(NormalMap::new)
            .toList();
  }

  /**
   * The model whose network gives every map that a fitted rule may use.
   *
   * @param bank that is joined to the discrepancy, if one is
   */
  public static ModelDescription forFitting(ModelDescription model, Optional<PatchCore> bank) {
    var scoring =
        model.scoring() instanceof Scoring.Discrepancy discrepancy
            ? new Scoring.Discrepancy(discrepancy.student(), model.teacher().gated(), bank)
            : model.scoring();
    return new ModelDescription(
        model.teacher(), scoring, model.tiling(), MapRule.paper(model.rule().sigma()));
  }

  /**
   * Adds a normal image, or one of its tiles.
   *
   * @param scores of each map, {@code [h, w]}
   */
  public void normal(List<double[]> scores) {
    for (int m = 0; m < maps.size(); m++) {
      maps.get(m).add(scores.get(m));
    }
  }

  /**
   * The model with the fitted rule.
   *
   * @throws IllegalStateException if there were no images
   */
  public ModelDescription fitted() {
    if (maps.get(0).images() == 0) {
      throw new IllegalStateException("a rule cannot be fitted to no image");
    }
    var weights = weights();
    var normals = model.tiling().divides() ? List.<NormalScores>of() : normals();
    return model.with(new MapRule(model.rule().sigma(), weights, new ImageScore(SHARE, normals)));
  }

  /** How many maps come first that are compared among each other: all but those that are joined. */
  private int discrepancies() {
    return model.scoring() instanceof Scoring.Discrepancy ? model.levelSizes().size() : maps.size();
  }

  private boolean hasBank() {
    return model.scoring() instanceof Scoring.Discrepancy discrepancy
        && discrepancy.memoryBank().isPresent();
  }

  private List<NormalScores> normals() {
    int compared = discrepancies();
    var normals = new ArrayList<NormalScores>();
    maps.subList(0, compared).forEach(map -> normals.add(map.normals(1)));
    if (hasBank()) {
      normals.add(maps.get(compared).normals(compared));
    }
    return normals;
  }

  /** None at all where nothing is joined to the discrepancies. */
  private List<Double> weights() {
    int compared = discrepancies();
    if (maps.size() == compared) {
      return List.of();
    }
    var deviations = maps.stream().map(NormalMap::deviation).toList();
    double unit =
        deviations.subList(0, compared).stream().mapToDouble(d -> d).average().orElseThrow();
    var weights = new ArrayList<Double>();
    for (int l = 0; l < maps.size(); l++) {
      double joined = l == compared && hasBank() ? BANK_WEIGHT : GATE_WEIGHT;
      weights.add(l < compared ? 1 : joined * unit / deviations.get(l));
    }
    return weights;
  }
}
