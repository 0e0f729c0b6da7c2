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
  private final Map<String, Review> reviews = new HashMap<>();
  private long bytes;

  /**
   * @param mostImages that are remembered
   * @param mostBytes that they have together
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
    if (result.bytes() > mostBytes) {
      return false;
    }
    byId.put(result.id(), result);
    bytes += result.bytes();
    var oldest = byId.values().iterator();
    while (byId.size() > mostImages || bytes > mostBytes) {
      var gone = oldest.next();
      oldest.remove();
      bytes -= gone.bytes();
      reviews.remove(gone.id());
    }
    return true;
  }

  /** Remembers what was said last about a result, as long as the result itself. */
  synchronized void reviewed(String id, Review review) {
    if (byId.containsKey(id)) {
      reviews.put(id, review);
    }
  }

  /** The result of an id; empty if it was forgotten, or never was. */
  synchronized Optional<RecentResult> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** All of them with what was said about them, the newest first. */
  synchronized ObjectNode json() {
    var all = new ArrayList<>(byId.values());
    Collections.reverse(all);
    var node = JsonNodeFactory.instance.objectNode();
    var array = node.putArray("results");
    for (var result : all) {
      var row = result.json();
      row.setAll(result.shown().about());
      Optional.ofNullable(reviews.get(result.id())).ifPresent(review -> row.setAll(review.json()));
      array.add(row);
    }
    return node;
  }
}
