package org.aand.serve.sink;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Where an image is anomalous, in pixels of the original image.
 *
 * @param x left edge of the bounding box
 * @param y upper edge of the bounding box
 * @param width of the bounding box
 * @param height of the bounding box
 * @param area number of the region's pixels
 * @param centroidX mean x of its pixels
 * @param centroidY mean y of its pixels
 * @param peak greatest value of the anomaly map in it
 * @param peakX where that is
 * @param peakY where that is
 */
public record ResultRegion(
    int x,
    int y,
    int width,
    int height,
    int area,
    double centroidX,
    double centroidY,
    double peak,
    int peakX,
    int peakY) {
  /** From an element of {@code regions} of a result's JSON. */
  static ResultRegion of(JsonNode region) {
    var centroid = region.path("centroid");
    var peak = region.path("peak");
    return new ResultRegion(
        region.path("x").intValue(),
        region.path("y").intValue(),
        region.path("width").intValue(),
        region.path("height").intValue(),
        region.path("area").intValue(),
        centroid.path("x").doubleValue(),
        centroid.path("y").doubleValue(),
        peak.path("value").doubleValue(),
        peak.path("x").intValue(),
        peak.path("y").intValue());
  }
}
