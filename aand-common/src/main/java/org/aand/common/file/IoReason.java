package org.aand.common.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Why reading or writing failed, in a few words for the person who has to fix it. */
public final class IoReason {
  private IoReason() {}

  /** The reason, without the exception's class. */
  public static String of(IOException e) {
    var detail =
        e instanceof FileSystemException system && system.getReason() != null
            ? system.getReason()
            : String.valueOf(e.getMessage());
    if (e instanceof AccessDeniedException || detail.contains("Permission denied")) {
      return "no permission";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    if (detail.contains("No space left on device")) {
      return "the disk is full";
    }
    if (detail.contains("Disk quota exceeded")) {
      return "the disk quota is used up";
    }
    if (detail.contains("Read-only file system")) {
      return "the disk is read-only";
    }
    if (detail.contains("Broken pipe")) {
      return "the reader ended";
    }
    return detail.lines().findFirst().orElse(e.getClass().getSimpleName());
  }

  /** The reason, beneath whatever it is wrapped in; the failure itself where there is none. */
  public static String describe(Exception e) {
    return beneath(e).map(IoReason::of).orElseGet(e::toString);
  }

  /** The reading or writing that failed beneath something else, if that is what happened. */
  public static Optional<IOException> beneath(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UncheckedIOException unchecked) {
        return Optional.ofNullable(unchecked.getCause());
      }
      if (cause instanceof IOException io) {
        return Optional.of(io);
      }
    }
    return Optional.empty();
  }
}
