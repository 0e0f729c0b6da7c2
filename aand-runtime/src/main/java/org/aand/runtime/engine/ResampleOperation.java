package org.aand.runtime.engine;

import java.util.Arrays;
import java.util.List;
import org.aand.network.LocationMap;
import org.aand.runtime.kernel.Workers;

/** A fixed linear map of locations: along the columns, then along the rows. */
record ResampleOperation(Value x, Value output, LocationMap map) implements Operation {
  @Override
  public String name() {
    return "resampling";
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  /** One line of the input's width for every line of the output. */
  @Override
  public int temporary() {
    return Math.multiplyExact(output.height(), x.width() * x.channels());
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var from = in.get(0);
    float[] down = rounded(map.matrix(x.height()));
    float[] along = x.width() == x.height() ? down : rounded(map.matrix(x.width()));
    int lines = output.height();
    return images ->
        workers.run(
            images * lines,
            (task, scratch) ->
                line(from.array(), out.array(), temporary.array(), task, down, along));
  }

  private static float[] rounded(double[] matrix) {
    float[] single = new float[matrix.length];
    for (int i = 0; i < single.length; i++) {
      single[i] = (float) matrix[i];
    }
    return single;
  }

  private void line(
      float[] from, float[] to, float[] lines, int task, float[] down, float[] along) {
    int values = x.width() * x.channels();
    int image = task / output.height() * x.size();
    int row = task % output.height();
    int line = task * values;
    Arrays.fill(lines, line, line + values, 0);
    for (int k = 0; k < x.height(); k++) {
      add(down[row * x.height() + k], from, image + k * values, lines, line, values);
    }
    int channels = x.channels();
    for (int i = 0; i < output.width(); i++) {
      int at = (task * output.width() + i) * channels;
      Arrays.fill(to, at, at + channels, 0);
      for (int k = 0; k < x.width(); k++) {
        add(along[i * x.width() + k], lines, line + k * channels, to, at, channels);
      }
    }
  }

  private static void add(float factor, float[] x, int xo, float[] to, int at, int count) {
    if (factor != 0) {
      for (int i = 0; i < count; i++) {
        to[at + i] += factor * x[xo + i];
      }
    }
  }
}
