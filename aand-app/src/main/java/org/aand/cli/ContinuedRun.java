package org.aand.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.InputException;
import org.aand.pipeline.TrainConfig;
import org.aand.runfolder.RunFolder;

/** What {@code train --from RUN} stands for: the run's settings, stage 2 alone, fewer epochs. */
final class ContinuedRun {
  static final String FROM = "--from";

  /** Of the epochs of the run's stage 2; it has learned most of it already. */
  private static final int SHARE = 5;

  private static final int LEAST_EPOCHS = 5;

  private ContinuedRun() {}

  /**
   * The words that the option stands for; what is typed comes after them and overrides them.
   *
   * @param run as the option names it
   * @param typed words of the command line
   * @throws InputException if the run's settings are not known, or its training data are gone
   */
  static List<String> words(Path run, List<String> typed) {
    var file = run.resolve(RunFolder.CONFIG);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "there is no "
              + RunFolder.CONFIG
              + " in "
              + run
              + ", so its settings are not known; name a run folder that train has written");
    }
    if (!Files.isRegularFile(run.resolve(RunFolder.MODEL))) {
      throw new InputException("there is no " + RunFolder.MODEL + " in " + run);
    }
    var config = TrainConfig.read(file);
    if (config.variant().fitted()) {
      throw new InputException(
          config.variant().label()
              + " passes the images once, so there is nothing to go on with; train it again on all"
              + " of them: --config "
              + file
              + " --add DIR");
    }
    if (has(typed, "--time-budget")) {
      throw new InputException(
          "--time-budget does not go with --from; say how many --stage2-epochs");
    }
    config
        .data()
        .filter(data -> !Files.isDirectory(data) && !has(typed, "--data"))
        .ifPresent(
            data -> {
              throw new InputException(
                  "the training images of "
                      + run
                      + " are no longer in "
                      + data
                      + "; say where they are now with --data");
            });
    var words = new ArrayList<>(config.options(typed));
    int before = config.training().stage2Epochs();
    int epochs = config.continues() ? before : Math.max(LEAST_EPOCHS, before / SHARE);
    words.addAll(
        List.of(
            "--config",
            file.toString(),
            "--stage1-epochs",
            "0",
            "--stage2-epochs",
            Integer.toString(epochs)));
    return words;
  }

  private static boolean has(List<String> words, String option) {
    return words.stream().anyMatch(word -> word.equals(option) || word.startsWith(option + "="));
  }
}
