package org.aand.common.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that only grows, by pieces that are on it whole or not at all, and forced to disk. What
 * ends the process in between leaves part of the last piece; the reader cuts it off.
 *
 * <p>The file is opened for each piece, so that it may be moved away at any time; the next piece
 * begins a new one. For one thread at a time.
 */
public final class AppendFile {
  private static final long INTACT = -1;

  private final Path file;

  /** To be cut back to, since a piece could neither be written nor taken back. */
  private long wholeLength = INTACT;

  /** The file does not have to be there yet; its folder does. */
  public AppendFile(Path file) {
    this.file = file;
  }

  /** The file. */
  public Path path() {
    return file;
  }

  /** Its length in bytes; 0 if it is not there. */
  public long length() throws IOException {
    try {
      return wholeLength == INTACT ? Files.size(file) : Math.min(wholeLength, Files.size(file));
    } catch (NoSuchFileException e) {
      return 0;
    }
  }

  /**
   * Appends a piece and forces it to disk.
   *
   * @return the length before
   * @throws IOException if that fails; the file is then as it was
   */
  public long append(byte[] piece) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (wholeLength != INTACT && channel.size() > wholeLength) {
        channel.truncate(wholeLength);
      }
      long before = channel.size();
      wholeLength = before;
      try {
        write(channel, piece, before);
      } catch (IOException e) {
        takeBack(channel, before, e);
        throw e;
      }
      wholeLength = INTACT;
      return before;
    }
  }

  private static void write(FileChannel channel, byte[] piece, long at) throws IOException {
    var bytes = ByteBuffer.wrap(piece);
    while (bytes.hasRemaining()) {
      channel.write(bytes, at + bytes.position());
    }
    channel.force(false);
  }

  private void takeBack(FileChannel channel, long before, IOException reason) {
    try {
      channel.truncate(before);
      wholeLength = INTACT;
    } catch (IOException e) {
      // Left for the next piece, which cuts it off first.
      reason.addSuppressed(e);
    }
  }

  /**
   * Cuts the file.
   *
   * @param length in bytes, what is beyond is dropped
   */
  public void cut(long length) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() > length) {
        channel.truncate(length);
        channel.force(false);
      }
    }
    wholeLength = INTACT;
  }
}
