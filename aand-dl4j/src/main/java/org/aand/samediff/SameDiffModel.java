package org.aand.samediff;

import java.util.concurrent.locks.ReentrantLock;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.model.ModelFile;

/** An open model on SameDiff. Its native code uses all cores for an image; callers take turns. */
final class SameDiffModel implements OpenModel {
  private final ModelFile.Contents contents;
  private final Model model;
  private final Detector detector;
  private final ReentrantLock turns = new ReentrantLock(true);
  private boolean closed;

  /** Takes over the model. */
  SameDiffModel(ModelStore.Stored stored) {
    model = stored.model();
    contents =
        new ModelFile.Contents(
            model.description(), stored.notes(), stored.version(), stored.parametersSha256());
    detector = Detector.takingOver(model);
  }

  @Override
  public ModelFile.Contents contents() {
    return contents;
  }

  @Override
  public int concurrency() {
    return 1;
  }

  @Override
  public Prediction detect(float[] image) {
    turns.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the detector is closed");
      }
      return detector.detect(image);
    } finally {
      turns.unlock();
    }
  }

  @Override
  public void close() {
    turns.lock();
    try {
      if (!closed) {
        closed = true;
        detector.close();
        model.close();
      }
    } finally {
      turns.unlock();
    }
  }
}
