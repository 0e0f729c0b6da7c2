package org.aand.spark.experiment;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.cli.Main;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.weights.NarrowTeacher;

/**
 * The paper's main experiment on two drawn categories, four trainings of seconds.
 *
 * @param data folder of the categories
 * @param teacher a small one, whose file lies beside it
 */
record MiniatureExperiment(Path data, Path teacher) {
  /** Draws the categories, in a folder of their own, and a teacher. */
  static MiniatureExperiment draw(Path folder) {
    var data = folder.resolve("data");
    ProductDataset.write(data, new ProductSettings("gear", 64, 4, 3, 1, 7));
    ProductDataset.write(data, new ProductSettings("bolt", 64, 4, 3, 1, 8));
    return new MiniatureExperiment(data, NarrowTeacher.write(folder));
  }

  /** How a program ended, and what it said. */
  record Ended(int exitCode, String out, String err) {}

  /** Something that runs an experiment. */
  @FunctionalInterface
  interface Program {
    int run(PrintWriter out, PrintWriter err, String... arguments);
  }

  /** Runs it. */
  Ended run(Program program, Path out, String... more) {
    var words =
        new ArrayList<>(
            List.of("--config", "main", "--data", "mvtec=" + data, "--out", out.toString()));
    words.addAll(List.of("--teacher", teacher.toString(), "--image-size", "64"));
    words.addAll(List.of("--batch-size", "2", "--stage1-epochs", "2", "--stage2-epochs", "2"));
    words.addAll(List.of(more));
    var said = new StringWriter();
    var err = new StringWriter();
    int code =
        program.run(
            new PrintWriter(said, true), new PrintWriter(err, true), words.toArray(String[]::new));
    return new Ended(code, said.toString(), err.toString());
  }

  /** The program without Spark. */
  static int here(PrintWriter out, PrintWriter err, String... arguments) {
    var words = new ArrayList<>(List.of("experiment"));
    words.addAll(List.of(arguments));
    return Main.run(out, err, words.toArray(String[]::new));
  }

  /** What came out, without the seconds, which no two runs share. */
  static List<Cell> cells(Path out) {
    return Cells.readCsv(out.resolve("cells.csv")).all().stream()
        .map(cell -> cell.withSeconds(0))
        .toList();
  }
}
