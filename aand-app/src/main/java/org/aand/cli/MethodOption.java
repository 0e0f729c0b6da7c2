package org.aand.cli;

import java.util.Optional;
import org.aand.report.Method;

/**
 * Which method is trained.
 *
 * @param method absent where methods are tried and the best one is kept
 */
record MethodOption(Optional<Method> method) {
  private static final String AUTO = "auto";

  /**
   * Reads a method's key, or {@value #AUTO}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static MethodOption parse(String text) {
    if (text.equalsIgnoreCase(AUTO)) {
      return new MethodOption(Optional.empty());
    }
    try {
      return new MethodOption(Optional.of(Method.of(text)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(e.getMessage() + ", " + AUTO, e);
    }
  }

  boolean isAuto() {
    return method.isEmpty();
  }

  /** The method, or the one that is tried first. */
  Method first() {
    return method.orElse(Method.PADIM);
  }
}
