package org.aand.serve.watch;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/**
 * Which image a file holds, as far as a listing tells: of the same name with another size or time
 * it is another image.
 *
 * @param name below the watched folder, with forward slashes
 * @param size in bytes
 * @param modified when it was written last
 */
record FileStamp(String name, long size, Instant modified) {
  static FileStamp of(String name, BasicFileAttributes attributes) {
    return new FileStamp(name, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /** A key for messages about the file. */
  String key() {
    return "file " + name;
  }
}
