package org.aand.io.synthesis;

import org.aand.common.image.RgbImage;

/** Where the textures of synthetic anomalies come from. Safe to use from several threads. */
public interface TextureSource {
  /** How many textures there are, at least 1. */
  int count();

  /**
   * One of the textures.
   *
   * @param index 0..count-1
   * @return the texture in red, green, blue; the same at every call
   * @throws org.aand.common.InputException if it cannot be read
   */
  RgbImage get(int index);
}
