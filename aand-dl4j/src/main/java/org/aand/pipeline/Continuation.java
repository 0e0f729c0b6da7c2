package org.aand.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.aand.common.file.Sha256;
import org.aand.io.dataset.DatasetFingerprint;
import org.aand.runfolder.RunFolder;
import org.aand.train.StepSchedule;
import org.aand.train.TrainingSettings;

/**
 * What a training goes on from: a trained model, more normal images, or both.
 *
 * <p>From a trained model stage 1 is skipped: backbone and modules stay as they are. The student,
 * which is what calls an unknown normal image anomalous, learns on old and added images together,
 * so that it forgets none of the old. It begins at the rate of the schedule's first drop, since a
 * fresh optimiser's first steps at the full rate would undo what it has learned.
 *
 * <p>Added images are trained on and never held out: the held-out normals are those of the run
 * before, which the model has not seen. False alarms among them would raise the threshold although
 * they are no fair sample of the line's images.
 *
 * @param from run folder whose model is the beginning; absent for a fresh network
 * @param added folders of more normal images, see {@link AddedImages}
 */
public record Continuation(Optional<Path> from, List<Path> added) {
  /** Keeps a copy of the list. */
  public Continuation {
    added = List.copyOf(added);
  }

  /** A fresh network, no more images. */
  public static Continuation none() {
    return new Continuation(Optional.empty(), List.of());
  }

  /** Held-out and other images of the data set, with the added ones among the others. */
  HeldOut with(HeldOut divided) {
    var train = Stream.concat(divided.train().stream(), AddedImages.in(added).stream()).toList();
    return new HeldOut(train, divided.normals());
  }

  /** Hashes of what a training goes on from, by what it is. */
  Map<String, String> hashes() {
    var hashes = new LinkedHashMap<String, String>();
    model().ifPresent(file -> hashes.put("model gone on from", Sha256.sha256(file)));
    for (int i = 0; i < added.size(); i++) {
      var folder = added.get(i);
      var images = new ArrayList<Path>();
      AddedImages.in(List.of(folder)).forEach(sample -> images.add(sample.image()));
      hashes.put("added " + (i + 1), DatasetFingerprint.of(folder, images).sha256());
    }
    return hashes;
  }

  /** Schedule and losses for it. */
  TrainingSettings settings(TrainingSettings settings) {
    var schedule = settings.schedule();
    return from.isEmpty()
        ? settings
        : settings
            .copy()
            .epochs(0, settings.stage2Epochs())
            .schedule(new StepSchedule(schedule.base() * schedule.factor(), schedule.factor()))
            .build();
  }

  /** The model that is the beginning. */
  Optional<Path> model() {
    return from.map(run -> run.resolve(RunFolder.MODEL));
  }

  /**
   * For people, what differs from a fresh network and the data set alone.
   *
   * @param training as it was asked for
   */
  Map<String, String> describe(TrainingSettings training) {
    var text = new LinkedHashMap<String, String>();
    from.ifPresent(
        run -> {
          text.put("learning rate", Double.toString(settings(training).schedule().base()));
          text.put("goes on from", run.toString());
        });
    if (!added.isEmpty()) {
      text.put("added images of", String.join(", ", added.stream().map(Path::toString).toList()));
    }
    return text;
  }
}
