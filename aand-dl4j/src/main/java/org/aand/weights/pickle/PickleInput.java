package org.aand.weights.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;

/** The bytes of a pickle; no more is read or allocated than there are. */
public final class PickleInput {
  /** Longest pickle. That of a ResNet-50 has some 40 kB. */
  private static final long MAX_BYTES = 1L << 25;

  private static final int MAX_LINE = 512;

  private final InputStream in;
  private final long limit;
  private long position;

  /**
   * Takes bytes from a stream, which should be buffered; the caller closes it.
   *
   * @param size how many bytes there are
   */
  public PickleInput(InputStream in, long size) {
    this.in = in;
    this.limit = Math.min(size, MAX_BYTES);
  }

  /** How many bytes have been read. */
  public long position() {
    return position;
  }

  /** The next byte, 0 to 255. */
  int unsignedByte() throws IOException, PickleException {
    return bytes(1)[0] & 0xff;
  }

  byte[] bytes(long count) throws IOException, PickleException {
    if (count < 0 || count > limit - position) {
      throw new PickleException(
          limit == MAX_BYTES
              ? "the pickle is longer than " + MAX_BYTES + " bytes"
              : "the pickle ends too early, at byte " + position);
    }
    byte[] bytes = in.readNBytes((int) count);
    if (bytes.length < count) {
      throw new PickleException("the pickle ends too early, at byte " + position);
    }
    position += count;
    return bytes;
  }

  /** An unsigned little-endian number of up to 4 bytes, or a signed one of 8. */
  long number(int bytes) throws IOException, PickleException {
    byte[] all = bytes(bytes);
    long number = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      number = number << 8 | (all[i] & 0xff);
    }
    return number;
  }

  /** A signed little-endian number of so many bytes, which may be none. */
  BigInteger integer(int bytes) throws IOException, PickleException {
    byte[] all = bytes(bytes);
    byte[] reversed = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      reversed[i] = all[bytes - 1 - i];
    }
    return bytes == 0 ? BigInteger.ZERO : new BigInteger(reversed);
  }

  double real() throws IOException, PickleException {
    return ByteBuffer.wrap(bytes(8)).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  String text(long bytes, Charset charset) throws IOException, PickleException {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes(bytes))).toString();
    } catch (CharacterCodingException e) {
      throw new PickleException("the pickle has a text that is not " + charset);
    }
  }

  /** A line of ASCII. */
  String line() throws IOException, PickleException {
    var line = new StringBuilder();
    for (int next = unsignedByte(); next != '\n'; next = unsignedByte()) {
      if (line.length() == MAX_LINE) {
        throw new PickleException("the pickle has a name longer than " + MAX_LINE + " characters");
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
