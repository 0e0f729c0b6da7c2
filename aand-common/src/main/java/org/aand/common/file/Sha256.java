package org.aand.common.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.aand.common.InputException;

/** SHA-256 of a file, the same as {@code sha256sum} prints. */
public final class Sha256 {
  private static final int BUFFER = 1 << 16;

  private Sha256() {}

  /**
   * Reads the file through; 64 hexadecimal digits, lower case.
   *
   * @throws InputException if it cannot be read
   */
  public static String sha256(Path file) {
    var digest = newDigest();
    try (var in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new InputException("cannot read " + file + " (" + IoReason.of(e) + ")", e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The same of bytes that were read already. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(newDigest().digest(bytes));
  }

  /** A new computation of SHA-256. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
