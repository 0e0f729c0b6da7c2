package org.aand.runtime.kernel;

/**
 * A convolution that is computed patch by patch, of the maps that its {@link WinogradPatches} use.
 */
interface PatchProducts {
  /** Computes {@code images} maps. */
  void run(Workers workers, int images);
}
