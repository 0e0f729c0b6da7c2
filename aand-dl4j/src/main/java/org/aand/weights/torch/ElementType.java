package org.aand.weights.torch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the elements of a tensor are stored; little-endian. */
public enum ElementType {
  FLOAT16("F16", "HalfStorage", 2),
  BFLOAT16("BF16", "BFloat16Storage", 2),
  FLOAT32("F32", "FloatStorage", 4),
  FLOAT64("F64", "DoubleStorage", 8),
  INT64("I64", "LongStorage", 8),
  INT32("I32", "IntStorage", 4),
  INT16("I16", "ShortStorage", 2),
  INT8("I8", "CharStorage", 1),
  UINT8("U8", "ByteStorage", 1),
  BOOL("BOOL", "BoolStorage", 1);

  private final String safetensors;
  private final String torchStorage;
  private final int bytes;

  ElementType(String safetensors, String torchStorage, int bytes) {
    this.safetensors = safetensors;
    this.torchStorage = torchStorage;
    this.bytes = bytes;
  }

  /** By safetensors' name, such as {@code BF16}. */
  static Optional<ElementType> ofSafetensors(String name) {
    return Arrays.stream(values()).filter(type -> type.safetensors.equals(name)).findAny();
  }

  /** By the name of PyTorch's class, such as {@code torch.HalfStorage}. */
  static Optional<ElementType> ofTorchStorage(String name) {
    return Arrays.stream(values())
        .filter(type -> name.equals("torch." + type.torchStorage))
        .findAny();
  }

  /** Bytes of an element. */
  public int bytes() {
    return bytes;
  }

  /** Whether the elements are floating-point numbers. */
  public boolean floating() {
    return switch (this) {
      case FLOAT16, BFLOAT16, FLOAT32, FLOAT64 -> true;
      default -> false;
    };
  }

  /**
   * An element as float32. A float64 is rounded, to an infinity if it is too large.
   *
   * @param bytes little-endian
   * @param at its first byte
   * @throws IllegalStateException if the elements are not floating-point numbers
   */
  float decode(ByteBuffer bytes, int at) {
    return switch (this) {
      case FLOAT16 -> half(bytes.getShort(at));
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(at) << 16);
      case FLOAT32 -> bytes.getFloat(at);
      case FLOAT64 -> (float) bytes.getDouble(at);
      default -> throw new IllegalStateException(this + " is not floating");
    };
  }

  /** IEEE binary16: a sign, 5 bits of exponent with bias 15, 10 bits of fraction. */
  private static float half(short bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
    return bits < 0 ? -magnitude : magnitude;
  }

  /** PyTorch's name: {@code float32}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
