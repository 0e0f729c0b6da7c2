package org.aand.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.io.dataset.LayoutChoice;
import org.aand.model.Tiling;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.Methods;
import org.aand.pipeline.Recipe;
import org.aand.pipeline.RunListener;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TrainRequest;
import org.aand.pipeline.TrainRun;
import org.aand.report.Method;
import org.aand.report.page.Report;
import org.aand.report.page.ReportPage;
import org.aand.runfolder.RunFolder;
import org.aand.train.TrainingSettings;

/**
 * The whole method without any file from outside: a drawn product, generated textures, a small
 * teacher that comes with the program, AAND and RD side by side.
 */
public final class DemoRun {
  private DemoRun() {}

  /**
   * How large the demo is.
   *
   * @param product how many images of what size are drawn
   * @param imageSize width and height of the network's input
   * @param training schedule of both methods
   */
  public record Settings(ProductSettings product, int imageSize, TrainingSettings training) {
    /** The schedule with a recipe's batches, where they are the smaller ones. */
    private TrainingSettings training(Recipe recipe) {
      int batch = Math.min(training.batchSize(), recipe.batchSize());
      return training.copy().batchSize(batch).build();
    }

    /** A few minutes on two cores. */
    public static Settings defaults() {
      return new Settings(ProductSettings.defaults(), 128, new TrainingSettings(6, 16, 8, 0));
    }
  }

  /**
   * Runs to the end.
   *
   * @param out folder for the data set, both run folders and the common report
   * @throws org.aand.common.InputException if the folder cannot be written
   */
  public static List<Report.Run> execute(
      Path out, Settings settings, String commandLine, RunListener listener) {
    var data = out.resolve("data");
    ProductDataset.write(data, settings.product());
    var runs = new ArrayList<Report.Run>();
    for (var method : List.of(Method.AAND, Method.RD)) {
      // The baseline as it was published, beside what train does unless told otherwise.
      var recipe = method == Method.RD ? Recipe.PAPER : Recipe.STANDARD;
      var request =
          TrainRequest.builder(
                  data, Backbone.resnet10(), new TeacherChoice.Bundled(), out.resolve(method.key()))
              .category(LayoutChoice.MVTEC, settings.product().category())
              .recipe(recipe)
              .variant(Methods.variant(method, recipe))
              .tiling(Tiling.whole(settings.imageSize()))
              .training(settings.training(recipe))
              .commandLine(commandLine)
              .build();
      runs.add(TrainRun.execute(request, listener));
    }
    ReportPage.write(new Report("Demo", runs), out.resolve(RunFolder.REPORT));
    return runs;
  }
}
