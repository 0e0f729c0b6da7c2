package org.aand.common.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipInputStream;

/** What a file seems to be, by its first bytes: for messages to whoever named the wrong one. */
public enum FileKind {
  IMAGE("an image (predict takes it as an input)"),
  MODEL("a trained model (predict and others take it by --model)"),
  TEACHER("a small teacher (train takes it by --teacher)"),
  HDF5("an HDF5 file, as weights are (train takes it by --weights)"),
  CHECKPOINT("a PyTorch checkpoint (\"weights import\" makes of it what train takes by --weights)"),
  ZIP("a zip archive of something else"),
  HTML("an HTML page, maybe of a download that went wrong"),
  GIT_LFS("a pointer of Git LFS in place of the file; \"git lfs pull\" gets the file itself"),
  TEXT("a text file"),
  EMPTY("empty"),
  OTHER("of no kind that this program knows");

  private static final int SNIFFED = 4096;
  private static final List<String> IMAGES =
      List.of(
          "\u0089PNG\r\n", "\u00ff\u00d8\u00ff", "GIF8", "BM", "II*\0", "MM\0*", "II+\0", "MM\0+");

  private final String description;

  FileKind(String description) {
    this.description = description;
  }

  /** What follows "it is". */
  public String description() {
    return description;
  }

  /**
   * The kind of a file.
   *
   * @throws IOException if it cannot be read
   */
  public static FileKind of(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return of(in.readNBytes(SNIFFED));
    }
  }

  /** The kind of a file that begins so. */
  public static FileKind of(byte[] start) {
    var text = new String(start, 0, Math.min(start.length, SNIFFED), StandardCharsets.ISO_8859_1);
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.startsWith("\u0089HDF\r\n")) {
      return HDF5;
    }
    if (IMAGES.stream().anyMatch(text::startsWith) || text.startsWith("WEBP", 8)) {
      return IMAGE;
    }
    if (text.startsWith("PK\3\4")) {
      return ofZip(start);
    }
    if (text.startsWith("\u0080") || text.startsWith("{\"", 8)) {
      return CHECKPOINT;
    }
    return ofText(text);
  }

  private static FileKind ofText(String text) {
    if (text.startsWith("version https://git-lfs")) {
      return GIT_LFS;
    }
    var begin = text.stripLeading().toLowerCase(java.util.Locale.ROOT);
    if (begin.startsWith("<!doctype html") || begin.startsWith("<html")) {
      return HTML;
    }
    boolean control = text.chars().anyMatch(c -> c < ' ' && !Character.isWhitespace(c));
    return control ? OTHER : TEXT;
  }

  private static FileKind ofZip(byte[] start) {
    try (var zip = new ZipInputStream(new ByteArrayInputStream(start))) {
      var entry = zip.getNextEntry();
      if (entry == null) {
        return ZIP;
      }
      if (entry.getName().endsWith("data.pkl")) {
        return CHECKPOINT;
      }
      if (!entry.getName().equals("manifest.json")) {
        return ZIP;
      }
      return ofManifest(manifest(zip));
    } catch (IOException | IllegalArgumentException e) {
      // Whoever reads it as an archive has more to say about what is wrong with it.
      return ZIP;
    }
  }

  /** As much as was sniffed of it. */
  private static String manifest(ZipInputStream zip) {
    var text = new StringBuilder();
    try {
      for (int read = zip.read(); read >= 0; read = zip.read()) {
        text.append((char) read);
      }
    } catch (IOException e) {
      // Cut off where the sniffed bytes end.
      return text.toString();
    }
    return text.toString();
  }

  private static FileKind ofManifest(String manifest) {
    return manifest.contains("\"aand-teacher\"") ? TEACHER : MODEL;
  }
}
