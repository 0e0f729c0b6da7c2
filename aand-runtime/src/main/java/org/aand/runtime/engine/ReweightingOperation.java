package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.ItemBank;
import org.aand.runtime.kernel.NearestItems;
import org.aand.runtime.kernel.Scratch;
import org.aand.runtime.kernel.Workers;

/**
 * The greatest distance of each image to a bank, re-weighted by the neighbours of the item nearest
 * to its location; see {@link org.aand.network.Net#reweightedMaximum}.
 *
 * @param x {@code [N, H, W, C]}
 * @param distances {@code [N, H, W, 1]}
 * @param output {@code [N, 1, 1, 1]}
 * @param items of the bank
 */
record ReweightingOperation(
    Value x, Value distances, Value output, BankWeights weights, int items, int neighbours)
    implements Operation {
  @Override
  public String name() {
    return "re-weighting by " + neighbours + " neighbours";
  }

  @Override
  public List<Value> inputs() {
    return List.of(x, distances);
  }

  /** The farthest location of an image, and the item that is nearest to it. */
  @Override
  public int temporary() {
    return 2 * x.channels();
  }

  @Override
  public double arithmetic() {
    return 4.0 * x.channels() * items;
  }

  @Override
  public Step bind(List<Place> in, Place out, Buffer temporary, Workers workers) {
    var bank = weights.bank();
    var nearest = new NearestItems(bank, 1);
    var around = new NearestItems(bank, neighbours);
    int channels = x.channels();
    return images -> {
      float[] all = in.get(1).array();
      float[] rows = temporary.array();
      int second = images * channels;
      for (int n = 0; n < images; n++) {
        int row = farthest(all, n * x.locations());
        System.arraycopy(in.get(0).array(), row * channels, rows, n * channels, channels);
      }
      nearest.run(workers, rows, 0, images);
      for (int n = 0; n < images; n++) {
        bank.copy(nearest.item(n, 0), rows, second + n * channels);
      }
      around.run(workers, rows, second, images);
      workers.run(
          images,
          (n, scratch) -> {
            float greatest = all[farthest(all, n * x.locations())];
            out.array()[n] = greatest * weight(greatest, rows, n, bank, around, scratch);
          });
    };
  }

  /** The row of the greatest distance of an image, the first of equal ones. */
  private int farthest(float[] all, int first) {
    int best = first;
    for (int i = first + 1; i < first + x.locations(); i++) {
      if (all[i] > all[best]) {
        best = i;
      }
    }
    return best;
  }

  private float weight(
      float greatest, float[] rows, int n, ItemBank bank, NearestItems around, Scratch scratch) {
    if (neighbours == 1) {
      return 1;
    }
    double sum = 0;
    for (int k = 0; k < neighbours; k++) {
      int item = around.item(n, k);
      sum += Math.exp(bank.distance(rows, n * x.channels(), item, scratch) - (double) greatest);
    }
    return (float) (1 - 1 / sum);
  }
}
