package org.aand.variant;

import org.aand.common.InputException;
import org.aand.model.ModelFile;

/**
 * The method that a model was trained by.
 *
 * @param variant the method
 * @param standard whether it was trained by the standard recipe and not by the paper's
 * @param stated whether the file says so; else it is derived from the network, which tells but two
 *     of the methods apart
 */
public record TrainedMethod(Variant variant, boolean standard, boolean stated) {
  /**
   * The method of a model.
   *
   * @throws InputException if the file says something that is no method
   */
  public static TrainedMethod of(ModelFile.Contents contents) {
    var method = contents.notes().method();
    boolean standard = !contents.description().rule().isPaper();
    if (method.isMissingNode()) {
      boolean plain = contents.description().teacher().modules().isEmpty();
      return new TrainedMethod(plain ? Variant.rd() : new Variant(), standard, false);
    }
    return new TrainedMethod(Variant.read(method), standard, true);
  }

  /** The method for people. */
  public String label() {
    return variant.label(standard)
        + (stated ? "" : " (derived from the network; the file does not name its method)");
  }
}
