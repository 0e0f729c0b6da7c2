package org.aand.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * What all bodies together may hold in memory while they arrive. Memory is taken block by block as
 * bytes come in, not by the length that a client announces, so many slow clients cost little. Safe
 * to use from many threads; a body belongs to one request.
 */
final class UploadBudget {
  private static final int BLOCK = 1 << 16;

  private final Semaphore open;
  private final Semaphore blocks;

  /**
   * @param uploads at most so many bodies arrive at a time
   * @param whole at least so many of the largest bodies have room
   */
  UploadBudget(int uploads, int whole, long maxUploadBytes) {
    open = new Semaphore(uploads);
    // One more for each upload, so that those that only trickle leave room for whole ones.
    long perUpload = (maxUploadBytes + BLOCK - 1) / BLOCK;
    blocks = new Semaphore((int) Math.min(Integer.MAX_VALUE, whole * perUpload + uploads));
  }

  /**
   * Begins a body, which has to be closed.
   *
   * @throws Refusal if too many are arriving already
   */
  Body open() {
    if (!open.tryAcquire()) {
      throw Refusal.busy("too many images are arriving already");
    }
    return new Body();
  }

  /** The bytes of one request. */
  final class Body implements AutoCloseable {
    private final List<byte[]> held = new ArrayList<>();
    private int used = BLOCK;
    private boolean closed;

    private Body() {}

    /**
     * Takes what has come.
     *
     * @throws Refusal if there is no memory left for uploads
     */
    void append(ByteBuffer bytes) {
      while (bytes.hasRemaining()) {
        if (used == BLOCK) {
          if (!blocks.tryAcquire()) {
            throw Refusal.busy("the images that are arriving take all memory set apart for them");
          }
          held.add(new byte[BLOCK]);
          used = 0;
        }
        int n = Math.min(bytes.remaining(), BLOCK - used);
        bytes.get(held.get(held.size() - 1), used, n);
        used += n;
      }
    }

    /** Everything in one piece, which the budget no longer counts. */
    byte[] take() {
      int length = held.isEmpty() ? 0 : (held.size() - 1) * BLOCK + used;
      byte[] all = new byte[length];
      for (int i = 0; i < held.size(); i++) {
        System.arraycopy(held.get(i), 0, all, i * BLOCK, Math.min(BLOCK, length - i * BLOCK));
      }
      drop();
      return all;
    }

    /** Frees the memory; what comes from now on has to be dropped by the caller. */
    void drop() {
      blocks.release(held.size());
      held.clear();
      used = BLOCK;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        drop();
        open.release();
      }
    }
  }
}
