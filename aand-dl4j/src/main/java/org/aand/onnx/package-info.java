/**
 * A trained model as an ONNX file: pre-processing, network, anomaly map, score and verdict in one
 * graph. Start with {@link org.aand.onnx.OnnxExport}. Builds the network from its one description
 * and reads the parameters from a model file; runs nothing.
 */
@NullMarked
package org.aand.onnx;

import org.jspecify.annotations.NullMarked;
