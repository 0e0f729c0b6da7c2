package org.aand.pipeline;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;

/** A way to train: which losses, batches, and rule of map and image score. */
public enum Recipe {
  /**
   * The one for minutes of training: small batches, so that there are many steps; no extra loss on
   * the hardest locations, which costs localisation in short trainings; map and image score fitted
   * to the training images, see {@link org.aand.detect.MapRuleFit}.
   */
  STANDARD,
  /** The paper's, as the released code has it. */
  PAPER;

  private static final int SMALL_BATCH = 4;

  /** Its AAND. */
  public Variant variant() {
    return this == PAPER ? new Variant() : new Variant().withHardest(0);
  }

  /** Images a step. */
  public int batchSize() {
    return this == PAPER ? new TrainingSettings().batchSize() : SMALL_BATCH;
  }

  /** Whether map and image score are fitted to the training images. */
  public boolean fitsRule() {
    return this == STANDARD;
  }

  /** Its name in options and files. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The recipe of a name.
   *
   * @throws InputException if there is none
   */
  public static Recipe named(String key) {
    return Stream.of(values())
        .filter(recipe -> recipe.key().equalsIgnoreCase(key))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "there is no recipe '"
                        + key
                        + "'; the recipes are "
                        + Stream.of(values()).map(Recipe::key).collect(Collectors.joining(", "))));
  }
}
