package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The last results of a model with their images, within bounds; the oldest are forgotten first.
 * Safe to use from many threads.
 */
final class RecentResults {
  private final int mostImages;
  private final long mostBytes;
  private final Map<String, RecentResult> byId = new LinkedHashMap<>();
  private final Map<String, Mark> marks = new HashMap<>();
  private long bytes;

  /**
   * @param mostImages that are remembered
   * @param mostBytes that their files have together
   */
  RecentResults(int mostImages, long mostBytes) {
    this.mostImages = mostImages;
    this.mostBytes = mostBytes;
  }

  /**
   * Remembers a result, and forgets the oldest ones that have no room beside it.
   *
   * @return false for an image that is larger than all the room
   */
  synchronized boolean add(RecentResult result) {
    if (result.file().length > mostBytes) {
      return false;
    }
    byId.put(result.id(), result);
    bytes += result.file().length;
    var oldest = byId.values().iterator();
    while (byId.size() > mostImages || bytes > mostBytes) {
      var gone = oldest.next();
      oldest.remove();
      bytes -= gone.file().length;
      marks.remove(gone.id());
    }
    return true;
  }

  /** Remembers what was said last about a result, as long as the result itself. */
  synchronized void marked(String id, Mark mark) {
    if (byId.containsKey(id)) {
      marks.put(id, mark);
    }
  }

  /** The result of an id; empty if it was forgotten, or never was. */
  synchronized Optional<RecentResult> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All of them with their marks, the newest first. */
  synchronized ObjectNode json() {
    var all = new ArrayList<>(byId.values());
    Collections.reverse(all);
    var node = JsonNodeFactory.instance.objectNode();
    var array = node.putArray("results");
    for (var result : all) {
      var row = result.json();
      Optional.ofNullable(marks.get(result.id())).ifPresent(mark -> row.put("mark", mark.key()));
      array.add(row);
    }
    return node;
  }
}
