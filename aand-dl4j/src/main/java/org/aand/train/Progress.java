package org.aand.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.aand.network.ParameterSpec;
import org.aand.samediff.Model;
import org.aand.train.TrainingListener.Stage;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Takes a model's training from checkpoint to checkpoint. */
final class Progress {
  private final Model model;
  private final boolean trainsBackbone;
  private final Optional<CheckpointFolder> folder;
  private Checkpoint at;
  private long kept = System.nanoTime();

  /**
   * @param trainsBackbone whether a stage changes the backbone too
   * @param stages all of the training's
   * @param folder where to resume from and to save; nothing is saved where absent
   */
  Progress(
      Model model, boolean trainsBackbone, List<Stage> stages, Optional<CheckpointFolder> folder) {
    this.model = model;
    this.trainsBackbone = trainsBackbone;
    this.folder = folder;
    this.at =
        folder.flatMap(CheckpointFolder::read).orElseGet(() -> Checkpoint.start(stages.get(0)));
  }

  Checkpoint at() {
    return at;
  }

  /** Whether nothing of the stage is left to train. */
  boolean ended(int epochs) {
    return at.stopped() || at.epoch() >= epochs;
  }

  /** Brings the model's parameters to where the training stands. */
  void restore() {
    folder.filter(CheckpointFolder::used).ifPresent(f -> f.readParameters(model.parameters()));
  }

  /** Brings a fresh optimiser to where the training stands. */
  void restore(Optimiser optimiser) {
    if (at.begun()) {
      folder.ifPresent(f -> f.readMoments(optimiser));
    }
  }

  /** Adds what was observed before the first epoch. */
  void observed(Optional<ResidualIntensity> residuals) {
    at = at.with(residuals);
  }

  /** Whether an epoch has run long enough to be saved before its end. */
  boolean due() {
    return folder.isPresent() && System.nanoTime() - kept >= folder.get().every().toNanos();
  }

  /** The training stands here now. */
  void reached(Checkpoint next, Optimiser optimiser) {
    at = next;
    if (folder.isPresent()) {
      var best = next.best();
      if (best != null && best.epoch() == next.epoch() - 1 && next.step() == 0) {
        folder.get().writeBest(next, best, trained(next.stage()));
      }
      folder.get().write(next, trained(next.stage()), optimiser);
      kept = System.nanoTime();
    } else if (next.best() != null) {
      throw new IllegalStateException("choosing an epoch needs a folder for checkpoints");
    }
  }

  /** A stage that is not kept has ended; one that is killed before that is begun again. */
  void fitted(Checkpoint next) {
    at = next;
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

  /** What a training has changed up to a stage: before stage 2, nothing of what scores. */
  private Map<String, INDArray> trained(Stage stage) {
    var trained = new LinkedHashMap<>(model.parameters().all());
    if (!trainsBackbone) {
      trained.keySet().removeAll(names(model.teacher().backbone().parameters()));
    }
    if (stage == Stage.STAGE1) {
      trained.keySet().removeAll(names(model.scoring().parameters()));
    }
    return trained;
  }

  private static Set<String> names(List<ParameterSpec> table) {
    return table.stream().map(ParameterSpec::name).collect(Collectors.toSet());
  }
}
