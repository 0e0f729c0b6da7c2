package org.aand.detect;

/** Receives the events of detection on many images. */
public interface DetectionListener {
  /** Detection on so many images begins. */
  default void onTestStart(int images) {}

  /** So many more images are done. */
  default void onImagesTested(int images) {}
}
