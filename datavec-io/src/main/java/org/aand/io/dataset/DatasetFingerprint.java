package org.aand.io.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.aand.common.InputException;
import org.aand.common.listing.ImageFolder;

/**
 * Which data a result was made from: one hash of all images and masks.
 *
 * <p>SHA-256 over the files in the order of their names, each as: its name (UTF-8, forward
 * slashes), a zero byte, its length (8 bytes, big-endian), its contents. So it tells other
 * contents, other names and missing files apart, and does not depend on where the folder is.
 *
 * @param sha256 64 hexadecimal digits, lower case
 * @param files how many files
 * @param bytes how many bytes in all
 */
public record DatasetFingerprint(String sha256, int files, long bytes) {
  private static final int BUFFER = 1 << 16;

  /**
   * Reads all files of a category.
   *
   * @throws InputException if one cannot be read
   */
  public static DatasetFingerprint of(Category category) {
    var files = new TreeMap<String, Path>();
    Stream.of(category.train(), category.validation(), category.test())
        .flatMap(List::stream)
        .flatMap(sample -> Stream.concat(Stream.of(sample.image()), sample.masks().stream()))
        .forEach(file -> files.put(ImageFolder.relativeName(category.root(), file), file));
    return of(files);
  }

  /**
   * Reads all files of a texture folder.
   *
   * @param folder the folder
   * @param images files below it
   * @throws InputException if one cannot be read
   */
  public static DatasetFingerprint of(Path folder, List<Path> images) {
    var files = new TreeMap<String, Path>();
    images.forEach(file -> files.put(ImageFolder.relativeName(folder, file), file));
    return of(files);
  }

  private static DatasetFingerprint of(TreeMap<String, Path> files) {
    var digest = newDigest();
    long bytes = 0;
    for (var file : files.entrySet()) {
      digest.update(file.getKey().getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      bytes += append(file.getValue(), digest);
    }
    return new DatasetFingerprint(HexFormat.of().formatHex(digest.digest()), files.size(), bytes);
  }

  private static long append(Path file, MessageDigest digest) {
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(size).flip());
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return size;
    } catch (IOException e) {
      throw new InputException("cannot read " + file + " (" + e + ")", e);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
