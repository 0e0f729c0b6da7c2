package org.aand.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Items {@code [M, C]} packed to be searched by {@link NearestItems}. In blocks of {@value #BLOCK}
 * items, so that the products of a search fit into the cache, whatever M. Immutable; threads and
 * plans may share it.
 */
public final class ItemBank {
  static final int BLOCK = 2048;

  private final int items;
  private final int channels;
  private final List<PackedMatrix> blocks;

  private ItemBank(int items, int channels, List<PackedMatrix> blocks) {
    this.items = items;
    this.channels = channels;
    this.blocks = blocks;
  }

  /** Packs items as they come. For one thread at a time. */
  public static final class Packer {
    private final int items;
    private final int channels;
    private final List<MatrixPacker> blocks = new ArrayList<>();
    private final float[] halfSquares;

    /**
     * Room for items.
     *
     * @param items M
     * @param channels C
     * @throws IllegalArgumentException if there is no item or no channel
     */
    public Packer(int items, int channels) {
      this.items = items;
      this.channels = channels;
      halfSquares = new float[items];
      for (int first = 0; first < items; first += BLOCK) {
        blocks.add(new MatrixPacker(channels, Math.min(BLOCK, items - first)));
      }
      if (blocks.isEmpty()) {
        throw new IllegalArgumentException("a bank of " + items + " items");
      }
    }

    /**
     * Packs items.
     *
     * @param first the first one
     * @param values {@code [count, C]} from index 0 on
     */
    public void put(int first, int count, float[] values) {
      Objects.checkFromIndexSize(first, count, items);
      for (int i = 0; i < count; ) {
        int item = first + i;
        int column = item % BLOCK;
        var block = blocks.get(item / BLOCK);
        int part = Math.min(count - i, block.columns() - column);
        block.putColumns(column, part, values, i * channels);
        i += part;
      }
      for (int i = 0; i < count; i++) {
        double square = 0;
        for (int c = i * channels; c < (i + 1) * channels; c++) {
          square += (double) values[c] * values[c];
        }
        halfSquares[first + i] = (float) (-square / 2);
      }
    }

    /** The bank, when all items have come. */
    public ItemBank finish() {
      var packed = new ArrayList<PackedMatrix>();
      for (var block : blocks) {
        float[] bias = new float[block.columns()];
        System.arraycopy(halfSquares, packed.size() * BLOCK, bias, 0, bias.length);
        packed.add(block.finish(bias));
      }
      return new ItemBank(items, channels, packed);
    }
  }

  /** A bank of items {@code [M, C]} in row-major order. */
  public static ItemBank of(float[] values, int channels) {
    var packer = new Packer(values.length / channels, channels);
    packer.put(0, values.length / channels, values);
    return packer.finish();
  }

  /** M. */
  public int items() {
    return items;
  }

  /** C. */
  public int channels() {
    return channels;
  }

  /**
   * By blocks: a row's product with a column and its bias is the greater, the nearer the item, as
   * {@code |x - m|^2 = |x|^2 - 2 (x m - |m|^2 / 2)}.
   */
  List<PackedMatrix> blocks() {
    return blocks;
  }

  /** Copies an item back, {@code [C]} from {@code at} on. */
  public void copy(int item, float[] to, int at) {
    blocks.get(item / BLOCK).column(item % BLOCK, to, at);
  }

  /** The Euclidean distance of {@code x}, {@code [C]} from the offset on, to an item. */
  public float distance(float[] x, int offset, int item, Scratch scratch) {
    float[] values = scratch.floats(Scratch.Use.ITEM, channels);
    copy(item, values, 0);
    return Elements.distance(x, offset, values, 0, channels, scratch);
  }
}
