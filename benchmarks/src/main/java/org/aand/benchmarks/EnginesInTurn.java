package org.aand.benchmarks;

/**
 * The engine in plain Java and ONNX Runtime in turn on the same images. Program: {@code
 * EnginesInTurn aand|rd [BATCH [ROUNDS]]}, with the vector module.
 */
public final class EnginesInTurn {
  private static final int ROUNDS = 40;

  private EnginesInTurn() {}

  /** Prints the median times an image and the ratios. */
  public static void main(String[] args) {
    var variant = Networks.variant(args[0]);
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : ROUNDS;
    var images = Networks.images(batch);
    try (var ours = InferenceEngine.open("java", variant, Networks.TEACHER);
        var theirs = InferenceEngine.open("onnxruntime", variant, Networks.TEACHER)) {
      new InTurn(rounds, batch)
          .compare(
              new InTurn.Way("java", () -> ours.detect(images)),
              new InTurn.Way("onnxruntime", () -> theirs.detect(images)));
    }
  }
}
