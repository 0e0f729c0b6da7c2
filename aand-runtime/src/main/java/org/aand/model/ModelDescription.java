package org.aand.model;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.network.ParameterSpec;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;

/**
 * What a model is, without its parameters' values: teacher, RAA modules if any, and what scores,
 * mostly a student.
 *
 * @param teacher backbone and modules; without modules it is RD
 * @param scoring what tells anomalous from normal locations
 * @param tiling how images are resized to the input, whose sides are multiples of {@value #STRIDE}
 * @param rule from the locations' scores to map and image score
 */
public record ModelDescription(
    AmplifiedTeacher teacher, Scoring scoring, Tiling tiling, MapRule rule) {
  /** The bottleneck sees the image reduced by this. */
  public static final int STRIDE = 32;

  /**
   * @throws IllegalArgumentException if a side of the image size is no positive multiple of 32,
   *     gates are to score that are not there, what scores is for another size, or the rule does
   *     not fit the maps
   */
  public ModelDescription {
    var imageSize = tiling.tileSize();
    if (imageSize.height() % STRIDE != 0 || imageSize.width() % STRIDE != 0) {
      throw new IllegalArgumentException(
          "image size " + imageSize.shortest() + "; it has to be a multiple of " + STRIDE);
    }
    if (scoring.needsGates() && !teacher.gated()) {
      throw new IllegalArgumentException("gates are to score, but the teacher has none");
    }
    scoring.requireFits(imageSize);
    requireFits(rule, scoring.mapSizes(imageSize), tiling);
  }

  private static void requireFits(MapRule rule, List<ImageSize> maps, Tiling tiling) {
    if (!rule.weights().isEmpty() && rule.weights().size() != maps.size()) {
      throw new IllegalArgumentException(
          rule.weights().size() + " weights for " + maps.size() + " maps of the network");
    }
    var normals = rule.score().normals();
    if (normals.isEmpty()) {
      return;
    }
    if (tiling.divides()) {
      throw new IllegalArgumentException(
          "locations of images in tiles cannot be compared with their own normal scores");
    }
    var locations = normals.stream().map(NormalScores::locations).toList();
    var first = maps.subList(0, Math.min(locations.size(), maps.size()));
    if (!locations.equals(first.stream().map(ImageSize::pixels).toList())) {
      throw new IllegalArgumentException(
          "the normal scores do not fit the maps of the network, " + maps);
    }
  }

  /** The same network with another rule. */
  public ModelDescription with(MapRule other) {
    return new ModelDescription(teacher, scoring, tiling, other);
  }

  /** Of the network's input in pixels. */
  public ImageSize imageSize() {
    return tiling.tileSize();
  }

  /** Of the images that a detector takes, and of the maps, in pixels. */
  public ImageSize resolution() {
    return tiling.resolution();
  }

  /** What happens to an image before a detector sees it. */
  public Preprocessing preprocessing() {
    return new Preprocessing(resolution());
  }

  /**
   * Whether an image's score is the network's own and not made of the map: where the network has
   * one, no rule was fitted, and the image is not in tiles, whose scores say nothing of the whole.
   */
  public boolean scoredByNetwork() {
    return scoring.scoresImages() && !tiling.divides() && rule.score().equals(ImageScore.MAXIMUM);
  }

  /** Of the three feature maps. */
  public List<ImageSize> levelSizes() {
    return Scoring.levelSizes(imageSize());
  }

  /** The parameter table, teacher first. */
  public List<ParameterSpec> table() {
    return table(teacher, scoring);
  }

  /** Number of the parameters' values. */
  public long parameterCount() {
    return table().stream().mapToLong(ParameterSpec::length).reduce(0, Math::addExact);
  }

  /** The parameter table of such a network, teacher first. */
  public static List<ParameterSpec> table(AmplifiedTeacher teacher, Scoring scoring) {
    var table = new ArrayList<>(teacher.backbone().parameters());
    table.addAll(teacher.moduleParameters());
    table.addAll(scoring.parameters());
    return table;
  }

  /** The parameter table of a network with a student. */
  public static List<ParameterSpec> table(AmplifiedTeacher teacher, Student student) {
    return table(teacher, new Scoring.Discrepancy(student));
  }
}
