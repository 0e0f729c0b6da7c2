package org.aand.runtime.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MatrixPackerTest {
  private final Random random = new Random(3);

  private int part(int left) {
    return 1 + random.nextInt(Math.min(left, 40));
  }

  @Test
  void packsTheSameByRowsByColumnsAndAsAWhole() {
    for (int round = 0; round < 40; round++) {
      int k = 1 + random.nextInt(90);
      int n = 1 + random.nextInt(round % 4 == 0 ? 1200 : 90);
      float[] b = Reference.random(random, k * n);
      float[] turned = new float[k * n];
      for (int i = 0; i < k * n; i++) {
        turned[i % n * k + i / n] = b[i];
      }
      float[] scales = Reference.random(random, n);
      float[] scaled = new float[k * n];
      for (int i = 0; i < k * n; i++) {
        scaled[i] = b[i] * scales[i % n];
      }

      var byRows = new MatrixPacker(k, n);
      for (int row = 0, rows; row < k; row += rows) {
        rows = part(k - row);
        byRows.putRows(row, rows, Arrays.copyOfRange(b, row * n, (row + rows) * n), 0);
      }
      var byColumns = new MatrixPacker(k, n);
      for (int column = 0, count; column < n; column += count) {
        count = part(n - column);
        byColumns.putColumns(column, count, turned, column * k);
      }
      byRows.scale(scales);
      byColumns.scale(scales);
      float[][] expected = PackedMatrix.of(scaled, 0, k, n, null).panels();
      assertArrayEquals(expected, byRows.finish(null).panels(), k + " x " + n);
      assertArrayEquals(expected, byColumns.finish(null).panels(), k + " x " + n);
    }
  }

  @Test
  void refusesWhatIsOutsideTheMatrix() {
    var packer = new MatrixPacker(2, 3);
    float[] values = new float[9];
    assertThrows(IndexOutOfBoundsException.class, () -> packer.putRows(1, 2, values, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> packer.putColumns(2, 2, values, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> packer.putRows(0, 2, values, 4));
    assertThrows(IllegalArgumentException.class, () -> packer.finish(new float[2]));
    assertThrows(IllegalArgumentException.class, () -> new MatrixPacker(0, 3));
  }
}
