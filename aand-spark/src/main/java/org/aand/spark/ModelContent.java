package org.aand.spark;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.aand.common.file.Sha256;
import org.aand.model.ModelFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The bytes of a model file, read through and found good on the driver.
 *
 * @param name as the user named it
 * @param bytes of the file
 * @param sha256 of the bytes, in lower-case hex
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
record ModelContent(String name, byte[] bytes, String sha256) {
  /** What a Java array holds at most. */
  private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

  /**
   * Reads a model from any file system that Hadoop knows.
   *
   * @param path a model file or the run folder that it is in; without a scheme, of the default file
   *     system
   * @throws InputException if it is missing, damaged or of a newer kind
   */
  static ModelContent read(String path, Configuration hadoop) {
    try {
      var named = new Path(path);
      var system = named.getFileSystem(hadoop);
      var status = system.getFileStatus(named);
      var file = status.isDirectory() ? new Path(named, ModelFile.NAME) : named;
      return read(file, path, system);
    } catch (FileNotFoundException e) {
      throw new InputException(
          "there is no model file " + path + "; name a run folder that train has written", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new InputException("the model " + path + " cannot be read: " + reason(e), e);
    }
  }

  private static String reason(Exception e) {
    return e instanceof IOException io ? IoReason.of(io) : String.valueOf(e.getMessage());
  }

  private static ModelContent read(Path file, String name, FileSystem system) throws IOException {
    long length = system.getFileStatus(file).getLen();
    if (length > MAX_BYTES) {
      throw new InputException(
          "the model " + name + " has " + length + " bytes; at most " + MAX_BYTES + " are shipped");
    }
    byte[] bytes = new byte[(int) length];
    try (var in = system.open(file)) {
      in.readFully(bytes);
    }
    requireUsable(bytes, name);
    return new ModelContent(name, bytes, Sha256.sha256(bytes));
  }

  /**
   * The same checks, and the same words, as everywhere; only the file is called as it was named.
   */
  private static void requireUsable(byte[] bytes, String name) throws IOException {
    var copy = Files.createTempFile("aand", "-" + ModelFile.NAME);
    try {
      Files.write(copy, bytes);
      ModelFile.inspect(copy);
    } catch (InputException e) {
      throw new InputException(String.valueOf(e.getMessage()).replace(copy.toString(), name), e);
    } finally {
      Files.deleteIfExists(copy);
    }
  }
}
