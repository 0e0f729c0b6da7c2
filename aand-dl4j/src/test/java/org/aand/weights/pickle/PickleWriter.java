package org.aand.weights.pickle;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes pickles instruction by instruction, as Python's own pickler does and as none should. */
public final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int memo;

  /** Begins a pickle of protocol 2. */
  public static PickleWriter begin() {
    return new PickleWriter().raw(0x80, 2);
  }

  /** Bytes as they are. */
  public PickleWriter raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** An instruction without operands, such as {@code ')'}. */
  public PickleWriter op(char instruction) {
    return raw(instruction);
  }

  public PickleWriter mark() {
    return op('(');
  }

  /** {@code BINUNICODE} and the {@code BINPUT} that Python puts behind it. */
  public PickleWriter text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    op('X').little(bytes.length, 4);
    out.writeBytes(bytes);
    return put();
  }

  public PickleWriter put() {
    return memo < 256 ? raw('q', memo++) : op('r').little(memo++, 4);
  }

  /** The shortest form that Python chooses. */
  public PickleWriter whole(long number) {
    if (number >= 0 && number < 256) {
      return raw('K', (int) number);
    }
    if (number >= 0 && number < 65536) {
      return op('M').little(number, 2);
    }
    return number == (int) number ? op('J').little(number, 4) : integer(BigInteger.valueOf(number));
  }

  public PickleWriter integer(BigInteger number) {
    byte[] bytes = number.toByteArray();
    raw(0x8a, bytes.length);
    for (int i = bytes.length - 1; i >= 0; i--) {
      raw(bytes[i]);
    }
    return this;
  }

  public PickleWriter little(long number, int bytes) {
    var buffer = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number);
    out.write(buffer.array(), 0, bytes);
    return this;
  }

  public PickleWriter name(String module, String name) {
    out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    return put();
  }

  public PickleWriter truth(boolean value) {
    return raw(value ? 0x88 : 0x89);
  }

  /** A tuple of integers. */
  public PickleWriter wholes(long... numbers) {
    mark();
    for (long number : numbers) {
      whole(number);
    }
    return op('t').put();
  }

  /** An empty ordered dictionary. */
  public PickleWriter orderedDict() {
    return name("collections", "OrderedDict").op(')').op('R').put();
  }

  /** Ends the pickle. */
  public byte[] end() {
    op('.');
    return out.toByteArray();
  }
}
