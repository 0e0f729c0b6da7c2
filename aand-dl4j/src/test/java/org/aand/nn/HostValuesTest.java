package org.aand.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Values come in row-major order, whatever type and order an array has in memory. */
class HostValuesTest {
  private static final double[] VALUES = {1, 2.5, -3, 1e-3, 5, 6};

  @Test
  void arraysOfAnyTypeAreReadInRowMajorOrder() {
    for (var type : new DataType[] {DataType.DOUBLE, DataType.FLOAT, DataType.HALF}) {
      try (var array = HostValues.array(VALUES, type, 2, 3)) {
        double precision = type == DataType.HALF ? 1e-3 : type == DataType.FLOAT ? 1e-7 : 0;
        assertArrayEquals(VALUES, HostValues.read(array), precision, type.toString());
        assertSingle(VALUES, array, Math.max(precision, 1e-7));
        try (var transposed = array.transpose().dup('f')) {
          assertSingle(
              new double[] {1, 1e-3, 2.5, 5, -3, 6}, transposed, Math.max(precision, 1e-7));
        }
      }
    }
  }

  @Test
  void ofAViewItsOwnValuesAloneAreRead() {
    try (var array = Nd4j.createFromArray(new float[][] {{1, 2, 3}, {4, 5, 6}})) {
      var column = array.get(NDArrayIndex.all(), NDArrayIndex.point(1));
      assertArrayEquals(new float[] {2, 5}, HostValues.readSingle(column));
      assertArrayEquals(new double[] {4, 5, 6}, HostValues.read(array.getRow(1)));
    }
  }

  private static void assertSingle(double[] expected, INDArray array, double precision) {
    float[] actual = HostValues.readSingle(array);
    double[] wide = new double[actual.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = actual[i];
    }
    assertArrayEquals(expected, wide, precision);
  }
}
