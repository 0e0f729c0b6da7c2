package org.aand.metrics;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** The sentence with which wrong arguments are refused. */
final class Refusal {
  private Refusal() {}

  static String of(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
