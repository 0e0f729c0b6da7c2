package org.aand.pipeline;

import org.aand.train.ResidualIntensity;
import org.aand.train.TrainingListener;

/** Asks for residuals on behalf of a listener, which is told everything. */
record ObservingResiduals(TrainingListener listener) implements TrainingListener {
  @Override
  public void onStageStart(Stage stage, int steps) {
    listener.onStageStart(stage, steps);
  }

  @Override
  public void onResume(Stage stage, int epoch, int steps) {
    listener.onResume(stage, epoch, steps);
  }

  @Override
  public void onStep(Stage stage) {
    listener.onStep(stage);
  }

  @Override
  public void onEpochEnd(Epoch epoch) {
    listener.onEpochEnd(epoch);
  }

  @Override
  public void onStageEnd(Stage stage) {
    listener.onStageEnd(stage);
  }

  @Override
  public boolean observesResiduals() {
    return true;
  }

  @Override
  public void onResiduals(ResidualIntensity intensity) {
    listener.onResiduals(intensity);
  }
}
