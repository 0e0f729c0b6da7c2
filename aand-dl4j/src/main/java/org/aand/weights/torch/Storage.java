package org.aand.weights.torch;

import org.aand.weights.pickle.PickleValue;

/**
 * A run of elements in a file, of which tensors are views; several may be of the same.
 *
 * @param key its name in the file
 * @param type of the elements
 * @param start the first element, counted from that of the storage in the file
 * @param length number of elements
 */
record Storage(String key, ElementType type, long start, long length) implements PickleValue.Made {}
