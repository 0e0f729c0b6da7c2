package org.aand.drift;

import java.util.Locale;

/** What is observed of every image beside its content. */
public enum Trait {
  /** The image's anomaly score. */
  SCORE("score"),
  /** Mean luminance, in [0, 255]. */
  BRIGHTNESS("brightness"),
  /** Standard deviation of the luminance, in [0, 127.5]. */
  CONTRAST("contrast"),
  /** Standard deviation of the luminance's Laplacian over the contrast; falls with blur. */
  SHARPNESS("sharpness"),
  /** How far the image lies to the right of the normal images' mean, as a share of its width. */
  RIGHT("position across"),
  /** How far the image lies below the normal images' mean, as a share of its height. */
  DOWN("position down"),
  /** Correlation with the normal images' mean where both fit best, in [-1, 1]. */
  LIKENESS("likeness");

  private final String words;

  Trait(String words) {
    this.words = words;
  }

  /** The trait for people. */
  public String words() {
    return words;
  }

  /** The trait in files and answers. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
