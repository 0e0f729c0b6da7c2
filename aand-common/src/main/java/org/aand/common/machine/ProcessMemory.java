package org.aand.common.machine;

import java.util.OptionalLong;

/** Memory that this process holds, as the system counts it. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /** The largest resident memory of this process so far in bytes, where the system tells it. */
  public static OptionalLong peakResidentBytes() {
    return bytes("VmHWM");
  }

  /** The resident memory of this process in bytes, where the system tells it. */
  public static OptionalLong residentBytes() {
    return bytes("VmRSS");
  }

  private static OptionalLong bytes(String key) {
    var value = ProcFile.process().value(key);
    return value.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(1024 * Long.parseLong(value.replaceAll("[^0-9]", "")));
  }
}
