package org.aand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.aand.backend.Backend;
import org.aand.backend.MatrixProduct;
import org.aand.common.ProgramVersion;
import org.aand.common.machine.ProcessMemory;
import org.aand.network.teacher.Backbone;
import org.aand.runfolder.Versions;
import org.aand.serve.cli.ModelText;
import org.aand.weights.keras.TeacherWeights;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: whether this machine computes, and how fast. */
@Command(
    name = "doctor",
    description = "Reports what this machine computes with and how fast; checks weights.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aand doctor",
      "  aand doctor --backbone resnet18 --weights resnet18_imagenet.h5"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final int SIZE = 1024;

  @Spec private CommandSpec spec;

  @Option(names = "--weights", paramLabel = "FILE", description = "Weights file to check.")
  private @Nullable Path weights;

  @Option(
      names = "--backbone",
      paramLabel = "B",
      defaultValue = "wide_resnet50_2",
      description = "Backbone that the weights have to fit (default: ${DEFAULT-VALUE}).")
  private String backbone;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DoctorCommand() {}

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    var network = network();
    out.println("AAND " + ProgramVersion.get() + ", ND4J " + Versions.nd4j());
    print(out, "Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    print(out, "hardware", Backend.hardware());
    print(out, "backend", Backend.describe());
    print(out, "instruction set", Backend.instructionSet());
    print(out, "threads", Backend.threads());
    print(out, "heap at most", mebibytes(Runtime.getRuntime().maxMemory()));
    ProcessMemory.residentBytes()
        .ifPresent(bytes -> print(out, "memory of this process", mebibytes(bytes)));
    var product = MatrixProduct.measure(SIZE);
    print(
        out,
        "matrix product",
        String.format(
            Locale.ROOT,
            "%dx%d in %.4f s, %.0f GFLOP/s, %s",
            SIZE,
            SIZE,
            product.seconds(),
            product.gigaflops(),
            product.right() ? "right" : "WRONG"));
    var file = weights;
    if (file != null) {
      var loaded = TeacherWeights.load(file, network);
      try (var parameters = loaded.parameters()) {
        print(
            out,
            "weights",
            file
                + " fits "
                + backbone
                + ", "
                + parameters.count()
                + " values, SHA-256 "
                + loaded.sha256());
      }
    }
    if (!product.right()) {
      spec.commandLine()
          .getErr()
          .println("aand: the matrix product is wrong; choose another native build (README)");
      return CommandLine.ExitCode.SOFTWARE;
    }
    return CommandLine.ExitCode.OK;
  }

  private Backbone network() {
    try {
      return Backbone.named(backbone);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private static String mebibytes(long bytes) {
    return bytes / (1 << 20) + " MiB";
  }

  private static void print(PrintWriter out, String label, Object value) {
    out.println(ModelText.line(label, value));
  }
}
