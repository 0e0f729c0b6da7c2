package org.aand.demo.product;

/** Damages a finished part. */
@FunctionalInterface
interface Defect {
  /**
   * Does the damage.
   *
   * @param surface the part, changed in place
   * @param finish how the part was made, to remake some of it otherwise
   * @param draw decides where and how
   * @param severity 0 (hard to see) to 1 (obvious)
   */
  void apply(Surface surface, GearFinish finish, Draw draw, double severity);
}
