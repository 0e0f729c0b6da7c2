package org.aand.serve.sink.opcua;

/** The states of a vision system that this program has; of OPC 40100-1, 8.2 and 8.3. */
public enum VisionState {
  /** Waits for images that are sent to it. */
  READY("Operational", "Ready"),
  /** Inspects images as they come into a folder. */
  CONTINUOUS_EXECUTION("Operational", "ContinuousExecution"),
  /** The program ends. */
  HALTED("Halted", "");

  private final String state;
  private final String mode;

  VisionState(String state, String mode) {
    this.state = state;
    this.mode = mode;
  }

  /** State of the whole. */
  String state() {
    return state;
  }

  /** State of the automatic mode within {@code Operational}; empty outside of it. */
  String mode() {
    return mode;
  }
}
