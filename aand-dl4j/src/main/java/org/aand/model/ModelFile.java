package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationJson;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.FileKind;
import org.aand.common.file.IoReason;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk, named {@code *.aand}: a zip archive of two entries in this order.
 *
 * <ul>
 *   <li>{@code manifest.json}: the format's version, the network's configuration, where its teacher
 *       comes from, how it was trained, the calibration if there is one, and the SHA-256 of the
 *       parameters
 *   <li>{@code parameters.bin}: all parameters in the table's order as little-endian float32,
 *       stored as they are; running statistics included
 * </ul>
 *
 * <p>A file of a newer major version is refused; one of a newer minor version is read, and what it
 * says beyond this is passed over. Files of version 1 have neither checksum nor calibration nor
 * provenance, and know the paper's network alone.
 *
 * <p>Nothing of a file is believed before it is checked: the numbers of the manifest are bounded,
 * no more is read than the file is long, no other entry is allowed, every value has to be finite.
 */
public final class ModelFile {
  /** What a model is called in a run folder. */
  public static final String NAME = "model.aand";

  private static final String FORMAT = "aand-model";
  private static final int VERSION = 2;
  private static final int MINOR_VERSION = 1;
  private static final String MANIFEST = "manifest.json";
  private static final String PARAMETERS = "parameters.bin";
  private static final int MAX_MANIFEST = 1 << 20;

  /** The time of every entry, so that the same model gives the same bytes: 1 January 2020. */
  private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(2020, 1, 1, 0, 0);

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  /**
   * What a file says beside the network.
   *
   * @param teacher where the teacher's weights come from, as the writer put it
   * @param method which method was trained, as the writer put it; a missing node if it did not say
   * @param calibration what scores mean; empty where no good images were held out for it
   * @param provenance how the model came about, as the writer put it; an empty object if it does
   *     not say
   */
  public record Notes(
      JsonNode teacher, JsonNode method, Optional<Calibration> calibration, JsonNode provenance) {
    /** Notes on the teacher alone. */
    public static Notes of(JsonNode teacher) {
      return of(teacher, MissingNode.getInstance());
    }

    /** Notes on teacher and method. */
    public static Notes of(JsonNode teacher, JsonNode method) {
      return new Notes(teacher, method, Optional.empty(), JSON.createObjectNode());
    }

    /** The same with another calibration. */
    public Notes with(Calibration newCalibration) {
      return new Notes(teacher, method, Optional.of(newCalibration), provenance);
    }
  }

  /**
   * A model and what its file says about it.
   *
   * @param model to be closed by the caller
   * @param notes the rest of the file
   * @param version of the file's format, such as "1.1"
   * @param parametersSha256 of the parameters' bytes, in lower-case hex
   */
  public record Stored(Model model, Notes notes, String version, String parametersSha256) {
    /** Where the teacher's weights come from, as the writer put it. */
    public JsonNode about() {
      return notes.teacher();
    }
  }

  /** The model file that a path names: itself, or the one in a run folder. */
  public static Path locate(Path fileOrRunFolder) {
    return Files.isDirectory(fileOrRunFolder) ? fileOrRunFolder.resolve(NAME) : fileOrRunFolder;
  }

  /**
   * Writes a model; the file appears complete or not at all.
   *
   * @param about what to say about the teacher
   */
  public static void write(Model model, JsonNode about, Path file) {
    write(model, Notes.of(about), file);
  }

  /** Writes a model; the file appears complete or not at all. */
  public static void write(Model model, Notes notes, Path file) {
    byte[] manifest =
        manifest(model, notes).toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        out -> {
          // Closing the zip must not close what it writes to.
          var zip = new ZipOutputStream(new BufferedOutputStream(new FilterOutputStream(out)));
          zip.setLevel(Deflater.NO_COMPRESSION);
          zip.putNextEntry(entry(MANIFEST));
          zip.write(manifest);
          zip.closeEntry();
          zip.putNextEntry(entry(PARAMETERS));
          ParameterValues.write(model, zip);
          zip.closeEntry();
          zip.finish();
          zip.flush();
        });
  }

  private static ZipEntry entry(String name) {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(ENTRY_TIME);
    return entry;
  }

  private static ObjectNode manifest(Model model, Notes notes) {
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION).put("minorVersion", MINOR_VERSION);
    NetworkJson.write(model, root);
    root.put("parameters", model.parameters().count());
    root.put("parametersSha256", ParameterValues.sha256(model));
    root.set("teacher", notes.teacher());
    if (!notes.method().isMissingNode()) {
      root.set("method", notes.method());
    }
    notes.calibration().ifPresent(c -> root.set("calibration", CalibrationJson.write(c)));
    root.set("provenance", notes.provenance());
    return root;
  }

  /**
   * Reads a model.
   *
   * @throws InputException if it is missing, damaged, or of a newer kind
   */
  public static Stored read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "there is no model file " + file + "; name a run folder that train has written");
    }
    requireModel(file);
    try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      expect(zip, MANIFEST, file);
      return read(zip, manifest(zip, file), file);
    } catch (ZipException | IllegalArgumentException | ArithmeticException | EOFException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw damaged(file, "its manifest is not valid JSON", e);
    } catch (IOException e) {
      throw new InputException("the model " + file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  private static void requireModel(Path file) {
    try {
      var kind = FileKind.of(file);
      if (kind != FileKind.MODEL) {
        throw new InputException(
            file
                + " is not a model file: it is "
                + kind.description()
                + "; name a run folder that train has written, or its "
                + NAME);
      }
    } catch (IOException e) {
      throw new InputException("the model " + file + " cannot be read: " + IoReason.of(e), e);
    }
  }

  /** The manifest, its numbers within bounds. */
  private static JsonNode manifest(ZipInputStream zip, Path file) throws IOException {
    byte[] bytes = zip.readNBytes(MAX_MANIFEST + 1);
    if (bytes.length > MAX_MANIFEST) {
      throw damaged(file, "its manifest is longer than " + MAX_MANIFEST + " bytes", null);
    }
    var manifest = JSON.readTree(bytes);
    if (!manifest.path("format").asText().equals(FORMAT)
        || !manifest.path("version").isIntegralNumber()) {
      throw damaged(file, "its manifest is not that of a model", null);
    }
    if (!manifest.path("version").canConvertToInt() || manifest.path("version").asInt() > VERSION) {
      throw new InputException(
          "the model "
              + file
              + " was written by a newer version (its format is "
              + manifest.path("version")
              + ", this program reads up to "
              + VERSION
              + "); update this program to read it");
    }
    ManifestLimits.check(manifest);
    return manifest;
  }

  private static Stored read(ZipInputStream zip, JsonNode manifest, Path file) throws IOException {
    var teacher = NetworkJson.teacher(manifest);
    ManifestLimits.check(teacher);
    var tiling = NetworkJson.tiling(manifest);
    var scoring = NetworkJson.scoring(manifest, teacher);
    var table = Model.table(teacher, scoring);
    // Parameters are stored as they are, so no file holds more than it is long.
    if (ParameterValues.bytes(table) > Files.size(file)) {
      throw damaged(
          file,
          "its network has " + ParameterValues.bytes(table) + " bytes of parameters, the file less",
          null);
    }
    var calibration = CalibrationJson.read(manifest.path("calibration"));
    expect(zip, PARAMETERS, file);
    var digest = ParameterValues.newDigest();
    var parameters = ParameterValues.read(new DigestInputStream(zip, digest), table);
    try {
      var sha256 = HexFormat.of().formatHex(digest.digest());
      var stated = manifest.path("parametersSha256");
      if (!stated.isMissingNode() && !stated.asText().equals(sha256)) {
        throw damaged(file, "its parameters are not those that the checksum is of", null);
      }
      var next = zip.getNextEntry();
      if (next != null) {
        throw damaged(file, "it has an entry more than a model, " + oneLine(next.getName()), null);
      }
      var model =
          new Model(teacher, scoring, tiling, manifest.path("sigma").asDouble(), parameters);
      var notes =
          new Notes(
              manifest.path("teacher"),
              manifest.path("method"),
              calibration,
              manifest.path("provenance"));
      var version = manifest.path("version").asInt() + "." + manifest.path("minorVersion").asInt(0);
      return new Stored(model, notes, version, sha256);
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static void expect(ZipInputStream zip, String name, Path file) throws IOException {
    var entry = zip.getNextEntry();
    if (entry == null || !entry.getName().equals(name)) {
      throw damaged(file, "it has no " + name, null);
    }
  }

  private static InputException damaged(Path file, String why, @Nullable Exception cause) {
    var message =
        "the model " + file + " is damaged (" + oneLine(why) + "); copy or train it again";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  /** Names and messages from inside a file may hold anything. */
  private static String oneLine(String text) {
    var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ");
    return line.length() <= 200 ? line : line.substring(0, 200) + "...";
  }
}
