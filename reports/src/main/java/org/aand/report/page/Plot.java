package org.aand.report.page;

import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;

/**
 * The frame of a chart: its drawing size and its axes, which also give the plot's edges.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param x the horizontal axis
 * @param y the vertical axis
 * @param xLabel what the horizontal axis shows
 * @param yLabel what the vertical axis shows, may be empty
 * @param description what the chart shows, for readers who do not see it
 */
public record Plot(
    int width, int height, Axis x, Axis y, String xLabel, String yLabel, String description) {

  /** The left edge of the plot. */
  public String left() {
    return Svg.number(x.from());
  }

  /** Its right edge. */
  public String right() {
    return Svg.number(x.to());
  }

  /** Its lower edge. */
  public String bottom() {
    return Svg.number(y.from());
  }

  /** Its upper edge. */
  public String top() {
    return Svg.number(y.to());
  }

  /** The middle between left and right. */
  public String middle() {
    return Svg.number((x.from() + x.to()) / 2);
  }

  /** The middle between top and bottom. */
  public String yMiddle() {
    return Svg.number((y.from() + y.to()) / 2);
  }
}
