package org.aand.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Objects;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Described parameters in one file: a zip archive of two entries in this order, {@code
 * manifest.json} and {@code parameters.bin}, and of no other.
 *
 * <p>Read as a stream from front to back: {@link #manifest}, then {@link #parameters}, then {@link
 * #finish}. What is not as it has to be ends in an {@link IllegalArgumentException} or an {@link
 * IOException} that say what it is, not in which file.
 */
public final class ParameterArchive implements AutoCloseable {
  private static final String MANIFEST = "manifest.json";
  private static final String PARAMETERS = "parameters.bin";

  /** The time of every entry, so that the same content gives the same bytes: 1 January 2020. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

  private static final int BUFFER = 1 << 16;

  private final ZipInputStream zip;
  private final JsonNode manifest;
  private final MessageDigest digest = Sha256.newDigest();
  private @Nullable ParameterStream parameters;

  private ParameterArchive(ZipInputStream zip, JsonNode manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** Its own buffer of 512 bytes makes a call of native code for every 512 bytes that it reads. */
  private static final class LargeSteps extends ZipInputStream {
    LargeSteps(InputStream in) {
      super(in);
      buf = new byte[BUFFER];
      this.in = new PushbackInputStream(in, BUFFER);
    }
  }

  /** Stays open when the zip, which has memory of its own to give back, is closed. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    /** What it inherits writes byte by byte. */
    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
    }

    @Override
    public void close() throws IOException {
      out.flush();
    }
  }

  /** How the entries are kept. */
  public enum Storing {
    /** As they are. */
    PLAIN(Deflater.NO_COMPRESSION),
    /** Compressed. */
    COMPRESSED(Deflater.DEFAULT_COMPRESSION);

    private final int level;

    Storing(int level) {
      this.level = level;
    }
  }

  /** Writes an archive; the file appears complete or not at all. */
  public static void write(
      Path file, JsonNode manifest, Storing storing, AtomicFile.Content parameters) {
    byte[] text = manifest.toPrettyString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        out -> {
          try (var zip = new ZipOutputStream(new Kept(out))) {
            zip.setLevel(storing.level);
            zip.putNextEntry(entry(MANIFEST));
            zip.write(text);
            zip.closeEntry();
            zip.putNextEntry(entry(PARAMETERS));
            parameters.writeTo(zip);
            zip.closeEntry();
          }
        });
  }

  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    return entry;
  }

  /**
   * Opens an archive and reads its manifest.
   *
   * @param in read in large steps; closed with the archive, or if it cannot be opened
   * @param maxManifest the most bytes that a manifest may have
   */
  public static ParameterArchive open(InputStream in, int maxManifest) throws IOException {
    var zip = new LargeSteps(in);
    try {
      expect(zip, MANIFEST);
      byte[] text = zip.readNBytes(maxManifest + 1);
      if (text.length > maxManifest) {
        throw new IllegalArgumentException("its manifest is longer than " + maxManifest + " bytes");
      }
      return new ParameterArchive(zip, JsonTree.read(text));
    } catch (JsonProcessingException e) {
      zip.close();
      throw new IllegalArgumentException("its manifest is not valid JSON", e);
    } catch (IOException | RuntimeException e) {
      zip.close();
      throw e;
    }
  }

  private static void expect(ZipInputStream zip, String name) throws IOException {
    var entry = zip.getNextEntry();
    if (entry == null || !entry.getName().equals(name)) {
      throw new IllegalArgumentException("it has no " + name);
    }
  }

  /** The description. */
  public JsonNode manifest() {
    return manifest;
  }

  /** Goes on to the parameters' bytes; to be read to their end, not to be closed. */
  public InputStream parameters() throws IOException {
    expect(zip, PARAMETERS);
    var ahead = new ParameterStream(zip, digest);
    parameters = ahead;
    return ahead;
  }

  /**
   * Makes sure that nothing follows the parameters.
   *
   * @return SHA-256 of the parameters' bytes, in lower-case hex
   */
  public String finish() throws IOException {
    if (Objects.requireNonNull(parameters, "parameters come first").read() >= 0) {
      throw new IllegalArgumentException("it holds more parameters than its network has");
    }
    var next = zip.getNextEntry();
    if (next != null) {
      throw new IllegalArgumentException("it has an entry more than it should, " + next.getName());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    if (parameters != null) {
      parameters.close();
    }
    zip.close();
  }
}
