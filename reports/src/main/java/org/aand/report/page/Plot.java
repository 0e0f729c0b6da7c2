package org.aand.report.page;

import org.aand.report.chart.Axis;
import org.aand.report.chart.Svg;

/**
 * The frame of a chart: its drawing size and its axes, which also give the plot's edges.
 *
 * @param width of the drawing
 * @param height of the drawing
 * @param description what the chart shows, for readers who do not see it
 */
record Plot(
    int width, int height, Axis x, Axis y, String xLabel, String yLabel, String description) {

  String left() {
    return Svg.number(x.from());
  }

  String right() {
    return Svg.number(x.to());
  }

  String bottom() {
    return Svg.number(y.from());
  }

  String top() {
    return Svg.number(y.to());
  }

  String middle() {
    return Svg.number((x.from() + x.to()) / 2);
  }

  String yMiddle() {
    return Svg.number((y.from() + y.to()) / 2);
  }
}
