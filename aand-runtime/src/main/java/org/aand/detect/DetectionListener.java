package org.aand.detect;

/** Is told how detection on many images goes. */
public interface DetectionListener {
  /** Detection on so many images begins. */
  default void onTestStart(int images) {}

  /** So many more images are done. */
  default void onImagesTested(int images) {}
}
