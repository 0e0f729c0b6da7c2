package org.aand.serve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.aand.common.InputException;
import org.aand.common.listing.FileNames;

/**
 * A list of paths, one a line: UTF-8, or UTF-16 if it begins with that one's byte order mark, as
 * lists that PowerShell writes do. A byte order mark is no part of the first path.
 */
final class PathList {
  private static final char MARK = '\uFEFF';

  private PathList() {}

  /**
   * Reads to the end.
   *
   * @throws InputException if a line is no path
   */
  static List<Path> read(InputStream input) {
    try {
      byte[] bytes = input.readAllBytes();
      String text = new String(bytes, charset(bytes));
      return (text.indexOf(MARK) == 0 ? text.substring(1) : text)
          .lines()
          .filter(line -> !line.isBlank())
          .map(FileNames::path)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Charset charset(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
    return switch (first) {
      case 0xFEFF -> StandardCharsets.UTF_16BE;
      case 0xFFFE -> StandardCharsets.UTF_16LE;
      default -> StandardCharsets.UTF_8;
    };
  }
}
