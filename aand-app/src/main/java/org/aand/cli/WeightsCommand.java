package org.aand.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.aand.network.teacher.Backbone;
import org.aand.weights.convert.WeightsImport;
import org.aand.weights.convert.WeightsInfo;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weights import} and {@code weights info}: a teacher's weights without Python. */
@Command(
    name = "weights",
    description = "Reads PyTorch's weights without Python, shows what is in a weights file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {WeightsCommand.Import.class, WeightsCommand.Info.class})
final class WeightsCommand {
  private WeightsCommand() {}

  /** {@code weights import}. */
  @Command(
      name = "import",
      description = "Turns a torchvision or timm checkpoint into the HDF5 file that train reads.",
      mixinStandardHelpOptions = true,
      sortOptions = false,
      footer = {
        "",
        "Nothing in the checkpoint is run. Example:",
        "  aand weights import --from wide_resnet50_2-95faca4d.pth \\",
        "                      --backbone wide_resnet50_2 --out wide_resnet50_2.h5"
      })
  static final class Import implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--from",
        required = true,
        paramLabel = "FILE",
        description = "Checkpoint: .pth or .pt of torch.save, or .safetensors.")
    private Path from;

    @Option(
        names = "--backbone",
        required = true,
        paramLabel = "B",
        description = "wide_resnet50_2, resnet50, resnet34 or resnet18.")
    private String backbone;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE.h5",
        description = "File to write; replaced if it is there.")
    private Path out;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Import() {}

    @Override
    public Integer call() {
      var done = WeightsImport.execute(from, backbone(), out);
      var writer = spec.commandLine().getOut();
      writer.println("Read " + from + ", " + done.format());
      writer.println("  sha256 " + done.sourceSha256());
      writer.println(
          "Wrote " + out + ", " + done.tensors() + " tensors, " + done.values() + " values");
      writer.println("  sha256 " + done.sha256());
      if (done.leftOut() > 0) {
        writer.println(
            "  Left out: "
                + done.leftOut()
                + " tensors that no feature needs (such as layer4, fc, num_batches_tracked)");
      }
      writer.println(
          "Use it: aand train --backbone " + backbone().name() + " --weights " + out + " ...");
      return CommandLine.ExitCode.OK;
    }

    private Backbone backbone() {
      try {
        return Backbone.named(backbone);
      } catch (IllegalArgumentException e) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** {@code weights info}. */
  @Command(
      name = "info",
      description = "Shows the tensors of a weights file and which backbone it fits.",
      mixinStandardHelpOptions = true,
      footer = {"", "Example:", "  aand weights info wide_resnet50_2.h5"})
  static final class Info implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "HDF5, .pth, .pt or .safetensors file.")
    private Path file;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Info() {}

    @Override
    public Integer call() {
      print(WeightsInfo.of(file), spec.commandLine().getOut());
      return CommandLine.ExitCode.OK;
    }

    private void print(WeightsInfo info, PrintWriter writer) {
      int name = width(info.tensors().stream().mapToInt(row -> row.name().length()));
      int type = width(info.tensors().stream().mapToInt(row -> row.type().length()));
      for (var row : info.tensors()) {
        writer.println(pad(row.name(), name) + "  " + pad(row.type(), type) + "  " + row.shape());
      }
      writer.println();
      writer.println(file + ": " + info.format());
      writer.println("  sha256 " + info.sha256());
      info.sourceSha256().ifPresent(sha256 -> writer.println("  imported from sha256 " + sha256));
      writer.println("  " + info.tensors().size() + " tensors, " + info.count() + " values");
      writer.println(
          "  fits "
              + info.backbone().orElse("no backbone")
              + (info.obstacles().isEmpty() ? "" : ", cannot be used:"));
      info.obstacles().forEach(obstacle -> writer.println("    " + obstacle));
    }

    private static int width(IntStream lengths) {
      return lengths.max().orElse(0);
    }

    private static String pad(String text, int width) {
      return text + " ".repeat(Math.max(0, width - text.length()));
    }
  }
}
