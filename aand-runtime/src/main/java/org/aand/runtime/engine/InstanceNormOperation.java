package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Workers;

/** Every channel of every image normalised to mean 0 and variance 1, summed in double precision. */
record InstanceNormOperation(Value x, Value output, double epsilon) implements Operation {
  /** Channels of one task. */
  private static final int CHUNK = 32;

  @Override
  public String name() {
    return "instance normalisation";
  }

  @Override
  public List<Value> inputs() {
    return List.of(x);
  }

  @Override
  public int inPlace() {
    return 0;
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var from = in.get(0);
    int chunks = (x.channels() + CHUNK - 1) / CHUNK;
    return images ->
        workers.run(
            images * chunks,
            (task, scratch) ->
                normalise(from.array(), out.array(), task / chunks, task % chunks * CHUNK));
  }

  private void normalise(float[] from, float[] to, int image, int channel) {
    int channels = Math.min(CHUNK, x.channels() - channel);
    int stride = x.channels();
    int first = image * x.size() + channel;
    int end = first + x.size();
    double[] mean = new double[channels];
    double[] factor = new double[channels];
    for (int at = first; at < end; at += stride) {
      for (int c = 0; c < channels; c++) {
        mean[c] += from[at + c];
      }
    }
    for (int c = 0; c < channels; c++) {
      mean[c] /= x.locations();
    }
    for (int at = first; at < end; at += stride) {
      for (int c = 0; c < channels; c++) {
        double d = from[at + c] - mean[c];
        factor[c] += d * d;
      }
    }
    for (int c = 0; c < channels; c++) {
      factor[c] = 1 / Math.sqrt(factor[c] / x.locations() + epsilon);
    }
    for (int at = first; at < end; at += stride) {
      for (int c = 0; c < channels; c++) {
        to[at + c] = (float) ((from[at + c] - mean[c]) * factor[c]);
      }
    }
  }
}
