package org.aand.report.page;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.aand.report.ScoredImage;

/**
 * The test images to inspect, chosen by score alone.
 *
 * @param highest the images that score highest, highest first
 * @param goodHighest the normal images that score highest, highest first: false alarms come first
 * @param defectiveLowest the defective images that score lowest, lowest first: misses come first
 */
public record Gallery(
    List<ScoredImage> highest, List<ScoredImage> goodHighest, List<ScoredImage> defectiveLowest) {

  private static final Comparator<ScoredImage> LOWEST_FIRST =
      Comparator.comparingDouble(ScoredImage::score).thenComparing(ScoredImage::file);
  private static final Comparator<ScoredImage> HIGHEST_FIRST =
      Comparator.comparingDouble(ScoredImage::score).reversed().thenComparing(ScoredImage::file);

  /** Copies the lists. */
  public Gallery {
    highest = List.copyOf(highest);
    goodHighest = List.copyOf(goodHighest);
    defectiveLowest = List.copyOf(defectiveLowest);
  }

  /**
   * Chooses from the scores; equal scores are taken in the order of the file names.
   *
   * @param scores the scores of all test images
   * @param each how many to choose for each list, at least 0
   */
  public static Gallery choose(List<ScoredImage> scores, int each) {
    return new Gallery(
        first(scores, image -> true, HIGHEST_FIRST, each),
        first(scores, image -> !image.defective(), HIGHEST_FIRST, each),
        first(scores, ScoredImage::defective, LOWEST_FIRST, each));
  }

  /** The files in any of the lists: those whose images the report needs. */
  public Set<String> files() {
    var files = new LinkedHashSet<String>();
    Stream.of(highest, goodHighest, defectiveLowest)
        .flatMap(List::stream)
        .forEach(image -> files.add(image.file()));
    return files;
  }

  private static List<ScoredImage> first(
      List<ScoredImage> scores,
      Predicate<ScoredImage> which,
      Comparator<ScoredImage> order,
      int count) {
    return scores.stream().filter(which).sorted(order).limit(count).toList();
  }
}
