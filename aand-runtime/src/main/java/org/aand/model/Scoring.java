package org.aand.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.image.ImageSize;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.discriminator.Discriminator;
import org.aand.network.padim.Padim;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.PyramidStudent;
import org.aand.network.student.Student;

/** What tells anomalous from normal locations: the maps that detection enlarges and adds up. */
public sealed interface Scoring {
  /** Parameters beside those of the teacher. */
  List<ParameterSpec> parameters();

  /**
   * Adds teacher and score; maps of one value a location, images one after the other, and behind
   * these a score of each image where {@link #scoresImages}.
   */
  <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images);

  /**
   * Sizes of the maps.
   *
   * @param imageSize of the image in pixels
   */
  List<ImageSize> mapSizes(ImageSize imageSize);

  /** Whether the last output is no map, but the score of an image, {@code [N, 1, 1, 1]}. */
  default boolean scoresImages() {
    return false;
  }

  /** Whether the modules' gates take part, so that the teacher has to have them. */
  default boolean needsGates() {
    return false;
  }

  /**
   * The rule of map and image score that the method was published with.
   *
   * @param sigma deviation of the smoothing in pixels, where the map is smoothed
   */
  default MapRule rule(double sigma) {
    return MapRule.paper(sigma);
  }

  /**
   * Checks that it works on images of a size.
   *
   * @throws IllegalArgumentException if its parameters are those of another size
   */
  default void requireFits(ImageSize imageSize) {}

  /** The memory bank that takes part, if one does. */
  default Optional<PatchCore> memoryBank() {
    return Optional.empty();
  }

  /**
   * The cosine discrepancy of teacher and student at each level, in [0, 2]; behind these, where
   * they are joined to the map, the distance of the backbone's own patch features to the nearest of
   * a memory bank, not negative, and the gates of each level's RAA module, in (0, 1).
   *
   * <p>A student says where the teacher's features cannot be reconstructed, a memory bank where
   * they are unlike any that was seen; each finds what the other does not.
   *
   * @param student reconstructs the teacher's features
   * @param joinsGates whether the gates are maps too; the paper's are not
   * @param memoryBank normal patch features, which the paper does not have
   */
  record Discrepancy(Student student, boolean joinsGates, Optional<PatchCore> memoryBank)
      implements Scoring {
    /** The paper's. */
    public Discrepancy(Student student) {
      this(student, false, Optional.empty());
    }

    @Override
    public List<ParameterSpec> parameters() {
      var parameters = new ArrayList<>(student.parameters());
      memoryBank.ifPresent(bank -> parameters.add(bank.bank()));
      return parameters;
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      var levels = teacher.backbone().build(net, images);
      var amplified = teacher.amplifyWithGates(net, levels);
      var features = amplified.features();
      var reconstructions = student.build(net, features);
      var maps = new ArrayList<T>();
      for (int i = 0; i < features.size(); i++) {
        maps.add(net.cosineDistance(features.get(i), reconstructions.get(i)));
      }
      memoryBank.ifPresent(bank -> maps.add(bank.distances(net, levels)));
      if (joinsGates) {
        maps.addAll(amplified.gates());
      }
      return maps;
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      var levels = levelSizes(imageSize);
      var sizes = new ArrayList<>(levels);
      if (memoryBank.isPresent()) {
        sizes.add(bankSize(imageSize));
      }
      if (joinsGates) {
        sizes.addAll(levels);
      }
      return sizes;
    }

    @Override
    public boolean needsGates() {
      return joinsGates;
    }
  }

  /** The gate of each level's RAA module, in (0, 1). */
  record GateWeight() implements Scoring {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of();
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      return teacher.gates(net, images);
    }

    @Override
    public boolean needsGates() {
      return true;
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      return levelSizes(imageSize);
    }
  }

  /**
   * The score of a discriminator over the backbone's features, about 0 to 1.
   *
   * @param discriminator trained on normal and noisy features
   */
  record Discrimination(Discriminator discriminator) implements Scoring {
    @Override
    public List<ParameterSpec> parameters() {
      return discriminator.parameters();
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      return List.of(discriminator.anomaly(net, teacher.build(net, images)));
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      return List.of(levelSizes(imageSize).get(1));
    }
  }

  /**
   * The distance of the backbone's features from the Gaussian of normal ones at each location, not
   * negative, at level a's size.
   *
   * @param padim which features, and their Gaussians
   */
  record GaussianDistance(Padim padim) implements Scoring {
    @Override
    public List<ParameterSpec> parameters() {
      return padim.parameters();
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      return List.of(padim.distance(net, teacher.build(net, images)));
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      return levelSizes(imageSize).subList(0, 1);
    }

    @Override
    public void requireFits(ImageSize imageSize) {
      var size = new ImageSize(padim.height(), padim.width());
      if (!mapSizes(imageSize).equals(List.of(size))) {
        throw new IllegalArgumentException(
            "Gaussians at " + size + " locations do not fit images of " + imageSize.shortest());
      }
    }
  }

  /**
   * The distance of the backbone's patch features to the nearest of a memory bank, not negative, at
   * level b's size; behind it the image score, re-weighted by the bank.
   *
   * @param patchCore the memory bank
   */
  record PatchDistance(PatchCore patchCore) implements Scoring {
    @Override
    public List<ParameterSpec> parameters() {
      return List.of(patchCore.bank());
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      return patchCore.build(net, teacher.build(net, images));
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      return List.of(bankSize(imageSize));
    }

    @Override
    public boolean scoresImages() {
      return true;
    }

    @Override
    public Optional<PatchCore> memoryBank() {
      return Optional.of(patchCore);
    }
  }

  /**
   * Half the squared distance of the normalised features of teacher and a student of its form at
   * each level, which is {@code 1 - cos}, in [0, 2].
   *
   * @param student trained to have the teacher's features of normal images
   */
  record StudentTeacher(PyramidStudent student) implements Scoring {
    @Override
    public List<ParameterSpec> parameters() {
      return student.parameters();
    }

    @Override
    public <T> List<T> build(Net<T> net, AmplifiedTeacher teacher, T images) {
      var features = teacher.build(net, images);
      var imitations = student.build(net, images);
      var maps = new ArrayList<T>();
      for (int i = 0; i < features.size(); i++) {
        maps.add(net.cosineDistance(features.get(i), imitations.get(i)));
      }
      return maps;
    }

    @Override
    public List<ImageSize> mapSizes(ImageSize imageSize) {
      return levelSizes(imageSize);
    }

    @Override
    public MapRule rule(double sigma) {
      return MapRule.product();
    }
  }

  /** Size of a memory bank's map, level b's. */
  static ImageSize bankSize(ImageSize imageSize) {
    return levelSizes(imageSize).get(1);
  }

  /** Sizes of the three feature maps of an image. */
  static List<ImageSize> levelSizes(ImageSize imageSize) {
    return List.of(imageSize.dividedBy(4), imageSize.dividedBy(8), imageSize.dividedBy(16));
  }
}
