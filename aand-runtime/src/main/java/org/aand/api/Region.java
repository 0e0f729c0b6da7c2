package org.aand.api;

/**
 * A connected region of an image whose anomaly map is above the pixel threshold: where a defect
 * probably is.
 *
 * <p>In pixels of the original image, the top left one at (0, 0). Pixels that share an edge or a
 * corner are connected.
 *
 * @param x left edge of the bounding box
 * @param y upper edge of the bounding box
 * @param width of the bounding box, at least 1
 * @param height of the bounding box, at least 1
 * @param area number of the region's pixels, at least 1
 * @param centroidX mean x of its pixels
 * @param centroidY mean y of its pixels; the centroid of a bent region may lie outside of it
 * @param peak greatest value of the anomaly map in it
 * @param peakX where that is, the first such pixel row by row
 * @param peakY where that is
 */
public record Region(
    int x,
    int y,
    int width,
    int height,
    int area,
    double centroidX,
    double centroidY,
    float peak,
    int peakX,
    int peakY) {}
