package org.aand.serve.sink;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was told, once each, as people see it. */
public final class RecordedProblems implements Problems {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final Set<String> lasting = new HashSet<>();

  /** All that was told so far. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public synchronized void occurred(String key, String line) {
    if (lasting.add(key)) {
      lines.add(line);
    }
  }

  @Override
  public synchronized void over(String key, String line) {
    if (lasting.remove(key)) {
      lines.add(line);
    }
  }
}
