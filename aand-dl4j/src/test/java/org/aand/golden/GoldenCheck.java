package org.aand.golden;

/** Computes what a golden case holds with the project's own code and compares. */
@FunctionalInterface
interface GoldenCheck {
  void check(GoldenCase golden) throws Exception;
}
