package org.aand.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aand.detect.Model;
import org.aand.nn.ParameterSpec;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes a model's training from checkpoint to checkpoint. */
final class Progress {
  private final Model model;
  private final Optional<CheckpointFolder> folder;
  private Checkpoint at;
  private long kept = System.nanoTime();

  /**
   * @param first the stage that a fresh training begins with
   * @param folder where to go on from and to keep; nothing is kept where absent
   */
  Progress(Model model, Stage first, Optional<CheckpointFolder> folder) {
    this.model = model;
    this.folder = folder;
    this.at = folder.flatMap(CheckpointFolder::peek).orElseGet(() -> Checkpoint.start(first));
  }

  Checkpoint at() {
    return at;
  }

  /** Whether nothing of the stage is left to train. */
  boolean ended(int epochs) {
    return at.stopped() || at.epoch() >= epochs;
  }

  /**
   * The optimiser of the stage where the training stands; brings the model's parameters there too.
   *
   * @return closed by the caller
   */
  Adam resume(Adam.Options options) {
    var adam = new Adam(options);
    folder.ifPresent(f -> f.read(model.parameters(), adam));
    return adam;
  }

  /** Whether an epoch has gone on long enough to be kept before its end. */
  boolean due() {
    return folder.isPresent() && System.nanoTime() - kept >= folder.get().every().toNanos();
  }

  /** The training stands here now. */
  void reached(Checkpoint next, Adam adam) {
    at = next;
    if (folder.isPresent()) {
      var best = next.best();
      if (best != null && best.epoch() == next.epoch() - 1 && next.step() == 0) {
        folder.get().writeBest(next, best, trained(next.stage()));
      }
      folder.get().write(next, trained(next.stage()), adam);
      kept = System.nanoTime();
    } else if (next.best() != null) {
      throw new IllegalStateException("choosing an epoch needs a folder for checkpoints");
    }
  }

  /** Gives the model the parameters of the chosen epoch. */
  void choose() {
    var best = at.best();
    if (best != null) {
      folder.orElseThrow().readBest(at, best, trained(at.stage()));
    }
  }

  /** Ends a stage whose choice is made; the following one begins. */
  void begin(Stage following) {
    try (var fresh = new Adam(new Adam.Options())) {
      reached(at.next(following), fresh);
    }
  }

  /** What a stage changes: everything but the backbone; before stage 2 not the student either. */
  private Map<String, INDArray> trained(Stage stage) {
    var others = names(model.teacher().backbone().parameters());
    if (stage == Stage.STAGE1) {
      others.addAll(names(model.student().parameters()));
    }
    var trained = new LinkedHashMap<>(model.parameters().all());
    trained.keySet().removeAll(others);
    return trained;
  }

  private static Set<String> names(List<ParameterSpec> table) {
    return table.stream().map(ParameterSpec::name).collect(Collectors.toSet());
  }
}
