package org.aand.pipeline;

import org.aand.train.ResidualIntensity;
import org.aand.train.TrainingListener;

/** Asks for residuals on behalf of a listener, which is told everything. */
record ObservingResiduals(TrainingListener listener) implements TrainingListener {
  @Override
  public void started(Stage stage, int steps) {
    listener.started(stage, steps);
  }

  @Override
  public void resumed(Stage stage, int epoch, int steps) {
    listener.resumed(stage, epoch, steps);
  }

  @Override
  public void stepped(Stage stage) {
    listener.stepped(stage);
  }

  @Override
  public void finished(Epoch epoch) {
    listener.finished(epoch);
  }

  @Override
  public void ended(Stage stage) {
    listener.ended(stage);
  }

  @Override
  public boolean observesResiduals() {
    return true;
  }

  @Override
  public void residuals(ResidualIntensity intensity) {
    listener.residuals(intensity);
  }
}
