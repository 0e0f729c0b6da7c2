package org.aand.golden;

import java.util.regex.Pattern;
import org.aand.network.raa.PositionalEncoding;

/** The two-dimensional position encoding; the array's name tells its size and slice. */
final class PositionalEncodingGolden implements GoldenCheck {
  private static final Pattern NAME = Pattern.compile("D(\\d+)_(\\d+)x(\\d+)(_c8_s4|_chanmean)?");

  @Override
  public void check(GoldenCase golden) {
    for (var name : golden.arrayNames()) {
      var match = NAME.matcher(name);
      if (!match.matches()) {
        throw new AssertionError("unknown array " + name);
      }
      int channels = Integer.parseInt(match.group(1));
      int height = Integer.parseInt(match.group(2));
      int width = Integer.parseInt(match.group(3));
      double[] encoding =
          TorchLayout.toChannelsFirst(
              PositionalEncoding.of(channels, height, width), 1, height, width, channels);
      var part = match.group(4);
      if (part == null) {
        golden.compare(name, encoding);
      } else if (part.equals("_chanmean")) {
        golden.compare(name, FeatureStatistics.channelMeans(encoding, channels));
      } else {
        int[] shape = {channels, height, width};
        golden.compare(name, TorchLayout.slice(encoding, shape, 8, 4, 4));
      }
    }
  }
}
