package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Elements;
import org.aand.runtime.kernel.Workers;

/** Maps side by side along the channels. */
record ConcatOperation(List<Value> inputs, Value output) implements Operation {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    return images -> {
      int rows = images * output.locations();
      int channel = 0;
      for (int i = 0; i < inputs.size(); i++) {
        int channels = inputs.get(i).channels();
        Elements.copyRows(
            in.get(i).array(),
            0,
            channels,
            rows,
            channels,
            out.array(),
            channel,
            output.channels());
        channel += channels;
      }
    };
  }
}
