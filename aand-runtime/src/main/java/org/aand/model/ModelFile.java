package org.aand.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.zip.ZipException;
import org.aand.calibration.Calibration;
import org.aand.calibration.CalibrationJson;
import org.aand.common.InputException;
import org.aand.common.file.FileKind;
import org.aand.common.file.IoReason;
import org.aand.network.ParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A model on disk, named {@code *.aand}: a {@link ParameterArchive}.
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
 * says beyond this is passed over. Version 2.4 is written where the calibration has a pixel
 * threshold, which earlier programs do not use, and version 2.5 where Gaussians score. Files of
 * version 1 have neither checksum nor calibration nor provenance, and know the paper's network
 * alone.
 *
 * <p>Nothing of a file is believed before it is checked: the numbers of the manifest are bounded,
 * no more is read than the file is long, no other entry is allowed, every value has to be finite.
 */
public final class ModelFile {
  /** What a model is called in a run folder. */
  public static final String NAME = "model.aand";

  private static final String FORMAT = "aand-model";
  private static final int VERSION = 2;
  private static final int MAX_MANIFEST = 1 << 23;

  private ModelFile() {}

  /**
   * What a file says beside the network.
   *
   * @param teacher where the teacher's weights come from, as the writer put it
   * @param method which method was trained, as the writer put it; a missing node if it did not say
   * @param calibration what scores mean; empty where no normal images were held out for it
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
      return new Notes(teacher, method, Optional.empty(), JsonNodeFactory.instance.objectNode());
    }

    /** The same with another calibration. */
    public Notes with(Calibration newCalibration) {
      return new Notes(teacher, method, Optional.of(newCalibration), provenance);
    }
  }

  /**
   * What a file says, its parameters aside.
   *
   * @param description of the network
   * @param notes the rest of the manifest
   * @param version of the file's format, such as "1.1"
   * @param parametersSha256 of the parameters' bytes, in lower-case hex
   */
  public record Contents(
      ModelDescription description, Notes notes, String version, String parametersSha256) {
    /** The same parameters under another description, with the same parameter table. */
    public Contents with(ModelDescription other) {
      return new Contents(other, notes, version, parametersSha256);
    }
  }

  /** The model file that a path names: itself, or the one in a run folder. */
  public static Path locate(Path fileOrRunFolder) {
    return Files.isDirectory(fileOrRunFolder) ? fileOrRunFolder.resolve(NAME) : fileOrRunFolder;
  }

  /** Writes a model; the file appears complete or not at all. The source is asked twice. */
  public static void write(
      ModelDescription description, Notes notes, ParameterSource source, Path file) {
    var table = description.table();
    var sha256 = ParameterValues.sha256(table, source);
    ParameterArchive.write(
        file,
        manifest(description, notes, sha256),
        ParameterArchive.Storing.PLAIN,
        out -> ParameterValues.write(table, source, out));
  }

  /**
   * Writes the model of one file with other notes to the same or another.
   *
   * @param contents what the file says, as it was read before
   * @throws InputException if the file can no longer be read
   */
  public static void rewrite(Path from, Contents contents, Notes notes, Path to) {
    ParameterArchive.write(
        to,
        manifest(contents.description(), notes, contents.parametersSha256()),
        ParameterArchive.Storing.PLAIN,
        out -> {
          try (var archive = open(from)) {
            archive.parameters().transferTo(out);
          }
        });
  }

  private static ObjectNode manifest(ModelDescription description, Notes notes, String sha256) {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("format", FORMAT)
        .put("version", VERSION)
        .put(
            "minorVersion",
            Math.max(
                NetworkJson.minorVersion(description),
                notes.calibration().map(CalibrationJson::minorVersion).orElse(0)));
    NetworkJson.write(description, root);
    root.put("parameters", description.parameterCount());
    root.put("parametersSha256", sha256);
    root.set("teacher", notes.teacher());
    if (!notes.method().isMissingNode()) {
      root.set("method", notes.method());
    }
    notes.calibration().ifPresent(c -> root.set("calibration", CalibrationJson.write(c)));
    root.set("provenance", notes.provenance());
    return root;
  }

  /**
   * Reads a model through and keeps no parameter.
   *
   * @throws InputException if it is missing, damaged, or of a newer kind
   */
  public static Contents inspect(Path file) {
    return read(file, description -> new Discarding());
  }

  /** Keeps nothing. */
  private static final class Discarding implements ParameterSink {
    private float[] array = {};

    @Override
    public float[] array(long length) {
      if (array.length < length) {
        array = new float[Math.toIntExact(length)];
      }
      return array;
    }

    @Override
    public Optional<Parts> parts(ParameterSpec spec) {
      return Optional.of((row, rows, values) -> {});
    }

    @Override
    public void accept(ParameterSpec spec, float[] values) {}
  }

  /**
   * Reads a model. The parameters pass one by one; whether they are those that the file's checksum
   * is of is known only at the end.
   *
   * @param receiver receives the description of the network and returns what takes its parameters
   * @throws InputException if it is missing, damaged, or of a newer kind
   */
  public static Contents read(Path file, Function<ModelDescription, ParameterSink> receiver) {
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          "there is no model file " + file + "; name a run folder that train has written");
    }
    requireModel(file);
    try (var archive = open(file)) {
      checkKind(archive.manifest(), file);
      return read(archive, receiver, file);
    } catch (ZipException | IllegalArgumentException | ArithmeticException | EOFException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
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

  private static ParameterArchive open(Path file) throws IOException {
    return ParameterArchive.open(Files.newInputStream(file), MAX_MANIFEST);
  }

  private static void checkKind(JsonNode manifest, Path file) {
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
  }

  private static Contents read(
      ParameterArchive archive, Function<ModelDescription, ParameterSink> receiver, Path file)
      throws IOException {
    var manifest = archive.manifest();
    var description = NetworkJson.read(manifest);
    var table = description.table();
    // Parameters are stored as they are, so no file holds more than it is long.
    if (ParameterValues.bytes(table) > Files.size(file)) {
      throw damaged(
          file,
          "its network has " + ParameterValues.bytes(table) + " bytes of parameters, the file less",
          null);
    }
    var notes =
        new Notes(
            manifest.path("teacher"),
            manifest.path("method"),
            CalibrationJson.read(manifest.path("calibration")),
            manifest.path("provenance"));
    // Reading goes ahead while the network is built.
    var parameters = archive.parameters();
    ParameterValues.read(parameters, table, receiver.apply(description));
    var sha256 = archive.finish();
    var stated = manifest.path("parametersSha256");
    if (!stated.isMissingNode() && !stated.asText().equals(sha256)) {
      throw damaged(file, "its parameters are not those that the checksum is of", null);
    }
    var version = manifest.path("version").asInt() + "." + manifest.path("minorVersion").asInt(0);
    return new Contents(description, notes, version, sha256);
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
