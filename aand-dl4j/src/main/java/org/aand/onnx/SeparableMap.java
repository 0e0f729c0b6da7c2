package org.aand.onnx;

import java.util.List;
import org.aand.detect.MapMatrix;

/**
 * A fixed linear map of locations as a matrix product on either side, {@code A x B^T}, the same for
 * every channel.
 *
 * <p>Products, since the standard's operators that resize differ between programs in how they round
 * places and treat borders.
 *
 * @param down A, {@code [newHeight, height]} in row-major order
 * @param newHeight height of the output
 * @param along B, {@code [newWidth, width]} in row-major order
 * @param newWidth width of the output
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record SeparableMap(double[] down, int newHeight, double[] along, int newWidth) {
  /** Adds the map of x, {@code [N, C, height, width]}; the output's name. */
  String apply(Graph graph, String name, String x) {
    int height = down.length / newHeight;
    int width = along.length / newWidth;
    var a = graph.constant(name + "_down", down, 1, 1, newHeight, height);
    var b =
        graph.constant(
            name + "_along", MapMatrix.transposed(along, newWidth), 1, 1, width, newWidth);
    var rows = graph.add("MatMul", name + "_rows", List.of(a, x));
    return graph.add("MatMul", name, List.of(rows, b));
  }
}
