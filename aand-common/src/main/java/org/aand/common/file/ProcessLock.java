package org.aand.common.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.aand.common.InputException;

/**
 * Work that one process at a time does, claimed by a lock on a file.
 *
 * <p>The operating system lets go of it however the process ends, so a claim is never stale. The
 * file is deleted by {@link #close}; one that a killed process left behind means nothing.
 */
public final class ProcessLock implements AutoCloseable {
  /** Closing any channel of a file gives up all the process's locks on it, so none is opened. */
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private static final long PID = ProcessHandle.current().pid();

  private final Path file;
  private final FileChannel channel;

  private ProcessLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Claims the work that a file stands for.
   *
   * @return empty if it is claimed already, by whatever process
   * @throws InputException if the file cannot be written
   */
  public static Optional<ProcessLock> of(Path file) {
    var place = file.toAbsolutePath().normalize();
    if (!HELD_HERE.add(place)) {
      return Optional.empty();
    }
    var claim = Optional.<ProcessLock>empty();
    try {
      claim = lock(place);
      return claim;
    } catch (IOException e) {
      throw new InputException(
          "the lock " + file + " cannot be written (" + IoReason.of(e) + ")", e);
    } finally {
      if (claim.isEmpty()) {
        HELD_HERE.remove(place);
      }
    }
  }

  private static Optional<ProcessLock> lock(Path file) throws IOException {
    while (true) {
      var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        channel.close();
        return Optional.empty();
      }
      // The length tells whose file it is: meanwhile it may have been deleted by who held it.
      channel.truncate(0);
      channel.write(ByteBuffer.allocate(1), PID);
      if (length(file) == channel.size()) {
        return Optional.of(new ProcessLock(file, channel));
      }
      channel.close();
    }
  }

  /** The process that a file was claimed by last; for messages. */
  public static long holder(Path file) {
    try {
      return length(file) - 1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return -1;
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      throw new InputException(
          "the lock " + file + " cannot be released (" + IoReason.of(e) + ")", e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
