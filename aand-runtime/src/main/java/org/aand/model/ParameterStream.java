package org.aand.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads a stream on a thread of its own, a few chunks ahead of the one that takes the bytes, and
 * digests them there, because unpacking and digesting a large file take as long as what is done
 * with it. What the stream throws is thrown behind the bytes that came before. For one taking
 * thread.
 */
final class ParameterStream extends InputStream {
  // Large, because a thread that waits takes long to wake.
  private static final int CHUNK = 1 << 18;
  private static final int CHUNKS = 8;

  private final BlockingQueue<byte[]> empty = new LinkedBlockingQueue<>();
  private final BlockingQueue<Chunk> filled = new LinkedBlockingQueue<>();
  private final Thread thread;
  private Chunk current = new Chunk(new byte[0], 0, null, false);
  private int position;

  private record Chunk(byte[] bytes, int length, @Nullable Throwable thrown, boolean isLast) {}

  /**
   * Begins to read.
   *
   * @param in nobody else's until the end has been read or this is closed; left open
   * @param digest receives all bytes; complete when the end has been read
   */
  ParameterStream(InputStream in, MessageDigest digest) {
    for (int i = 0; i < CHUNKS; i++) {
      empty.add(new byte[CHUNK]);
    }
    thread = new Thread(() -> fill(in, digest), "aand-reading");
    thread.setDaemon(true);
    thread.start();
  }

  private void fill(InputStream in, MessageDigest digest) {
    try {
      boolean isLast = false;
      while (!isLast) {
        byte[] bytes = empty.take();
        int length = in.readNBytes(bytes, 0, CHUNK);
        digest.update(bytes, 0, length);
        isLast = length < CHUNK;
        filled.add(new Chunk(bytes, length, null, isLast));
      }
    } catch (InterruptedException e) {
      // Closed: nobody takes what would come.
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException | Error e) {
      filled.add(new Chunk(new byte[0], 0, e, true));
    }
  }

  @Override
  public int read() throws IOException {
    return hasBytes() ? current.bytes[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int at, int count) throws IOException {
    Objects.checkFromIndexSize(at, count, to.length);
    if (count == 0) {
      return 0;
    }
    if (!hasBytes()) {
      return -1;
    }
    int length = Math.min(count, current.length - position);
    System.arraycopy(current.bytes, position, to, at, length);
    position += length;
    return length;
  }

  /** Goes on to the next chunk where one is needed; false at the end. */
  private boolean hasBytes() throws IOException {
    while (position == current.length) {
      rethrow(current.thrown);
      if (current.isLast) {
        return false;
      }
      next();
    }
    return true;
  }

  private void next() throws IOException {
    if (current.length > 0) {
      empty.add(current.bytes);
    }
    try {
      current = filled.take();
      position = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it was read");
    }
  }

  private static void rethrow(@Nullable Throwable thrown) throws IOException {
    if (thrown instanceof IOException e) {
      throw e;
    } else if (thrown instanceof RuntimeException e) {
      throw e;
    } else if (thrown instanceof Error e) {
      throw e;
    }
  }

  /** Stops reading; returns when nothing reads from the stream any more. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
