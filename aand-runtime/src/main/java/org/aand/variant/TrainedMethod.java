package org.aand.variant;

import org.aand.common.InputException;
import org.aand.model.ModelFile;
import org.aand.network.raa.AmplifiedTeacher;

/**
 * The method that a model was trained by.
 *
 * @param variant the method
 * @param stated whether the file says so; else it is derived from the network, which tells but two
 *     of the methods apart
 */
public record TrainedMethod(Variant variant, boolean stated) {
  /**
   * The method of a model.
   *
   * @throws InputException if the file says something that is no method
   */
  public static TrainedMethod of(ModelFile.Notes notes, AmplifiedTeacher teacher) {
    var method = notes.method();
    if (method.isMissingNode()) {
      boolean plain = teacher.modules().isEmpty();
      return new TrainedMethod(plain ? Variant.rd() : new Variant(), false);
    }
    return new TrainedMethod(Variant.read(method), true);
  }

  /** The method for people. */
  public String label() {
    return variant.label()
        + (stated ? "" : " (derived from the network; the file does not name its method)");
  }
}
