package org.aand.detect;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.aand.model.ImageScore;
import org.aand.model.ModelDescription;

/** The score of an image by a model's rule; see {@link ImageScore}. */
final class ImageScorer {
  private final ImageScore score;
  private final boolean scoredByNetwork;
  private final Optional<AnomalyMap> relativeMap;

  ImageScorer(ModelDescription model) {
    score = model.rule().score();
    scoredByNetwork = model.scoredByNetwork();
    var size = model.imageSize();
    var levels = model.scoring().mapSizes(size).subList(0, score.normals().size());
    relativeMap =
        score.isRelative()
            ? Optional.of(new AnomalyMap(size, levels, model.rule().sigma()))
            : Optional.empty();
  }

  /**
   * The score.
   *
   * @param scores of the network's maps, {@code [h, w]} each, and behind them that of the image
   *     where the network has one
   * @param map the anomaly map that they give
   */
  float of(List<double[]> scores, float[] map) {
    if (scoredByNetwork) {
      return (float) scores.get(scores.size() - 1)[0];
    }
    return of(relativeMap.map(relative -> relative.of(relative(scores))).orElse(map));
  }

  /** The score by a finished map. */
  float of(float[] map) {
    int count = score.count(map.length);
    return count == 1 ? AnomalyMap.score(map) : TopMean.of(map, count);
  }

  private List<double[]> relative(List<double[]> scores) {
    var normals = score.normals();
    return IntStream.range(0, normals.size())
        .mapToObj(l -> normals.get(l).relative(scores.get(l)))
        .toList();
  }
}
