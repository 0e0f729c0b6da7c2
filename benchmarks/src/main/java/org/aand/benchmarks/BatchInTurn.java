package org.aand.benchmarks;

import java.util.List;

/**
 * The engine in plain Java on a batch and on the same images one by one, in turn. Program: {@code
 * BatchInTurn aand|rd [BATCH [ROUNDS]]}, with the vector module.
 */
public final class BatchInTurn {
  private static final int BATCH = 8;
  private static final int ROUNDS = 8;

  private BatchInTurn() {}

  /** Prints the median times an image and the ratios. */
  public static void main(String[] args) {
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : BATCH;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : ROUNDS;
    var images = Networks.images(batch);
    try (var engine = InferenceEngine.open("java", Networks.variant(args[0]), Networks.TEACHER)) {
      new InTurn(rounds, batch)
          .compare(
              new InTurn.Way("batch of " + batch, () -> engine.detect(images)),
              new InTurn.Way(
                  "one by one", () -> images.forEach(image -> engine.detect(List.of(image)))));
    }
  }
}
