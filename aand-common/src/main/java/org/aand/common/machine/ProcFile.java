package org.aand.common.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A file of {@code key : value} lines by which Linux describes the machine or this process. */
public final class ProcFile {
  private final Path file;

  private ProcFile(Path file) {
    this.file = file;
  }

  /** The processor, {@code /proc/cpuinfo}. */
  public static ProcFile processor() {
    return new ProcFile(Path.of("/proc/cpuinfo"));
  }

  /** This process, {@code /proc/self/status}. */
  public static ProcFile process() {
    return new ProcFile(Path.of("/proc/self/status"));
  }

  /** Whether this system has such a file. */
  public boolean exists() {
    return Files.isReadable(file);
  }

  /** The value behind the first line of a key; empty where there is none. */
  public String value(String key) {
    if (!exists()) {
      return "";
    }
    try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      return lines
          .filter(l -> l.startsWith(key))
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      // These files only describe the machine; without them the description is shorter.
      return "";
    }
  }
}
