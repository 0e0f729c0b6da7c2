package org.aand.metrics;

/** A sum of many doubles that carries its rounding error along (Kahan). */
final class CompensatedSum {
  private double sum;
  private double lost;

  void add(double value) {
    double corrected = value - lost;
    double next = sum + corrected;
    lost = (next - sum) - corrected;
    sum = next;
  }

  double value() {
    return sum;
  }
}
