package org.aand.report;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The frozen network whose features were used.
 *
 * @param source a weights file, a small network taught by a larger one, or drawn at random
 * @param label its name for people, such as "ResNet-18, ImageNet"
 * @param weightsSha256 the hash of the weights file in lower-case hex, {@code null} if there is no
 *     file
 * @param note what a reader must know before trusting the numbers; shown as a notice; {@code null}
 *     for nothing
 */
public record Teacher(
    Source source, String label, @Nullable String weightsSha256, @Nullable String note) {

  /** Where the teacher's weights come from. */
  public enum Source {
    /** Read from a weights file. */
    FILE("file"),
    /** A small network that a larger one has taught on generated images. */
    DISTILLED("distilled"),
    /** Drawn at random: the numbers show that the program runs, not how well the method detects. */
    RANDOM("random");

    private final String key;

    Source(String key) {
      this.key = key;
    }

    /** The name in JSON. */
    @JsonValue
    public String key() {
      return key;
    }
  }

  /**
   * @throws NullPointerException if source or label is missing
   */
  public Teacher {
    requireNonNull(source, "teacher.source");
    requireNonNull(label, "teacher.label");
  }
}
