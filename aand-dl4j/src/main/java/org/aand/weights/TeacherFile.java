package org.aand.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.common.file.FileKind;
import org.aand.common.file.Sha256;
import org.aand.model.BackboneJson;
import org.aand.model.ParameterArchive;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A small teacher in one file: a zip archive of {@code manifest.json}, which describes the backbone
 * and how it was trained, and {@code parameters.bin}.
 *
 * <p>Batch normalisation is folded into the kernels, which are kept in half precision; of the
 * normalisations only the shifts are left, in float32. All big-endian, in the table's order.
 */
public final class TeacherFile {
  private static final String FORMAT = "aand-teacher";
  private static final int VERSION = 1;
  private static final int MAX_MANIFEST = 1 << 16;
  private static final int MAX_BLOCKS = 64;
  private static final int MAX_WIDTH = 1024;
  private static final long MAX_BYTES = 1L << 27;
  private static final long MAX_PARAMETERS = 1L << 25;
  private static final String BUNDLED = "teacher.zip";
  private static final ObjectMapper JSON = new ObjectMapper();

  private TeacherFile() {}

  /**
   * A teacher from a file.
   *
   * @param backbone its network
   * @param parameters of the backbone, float32; to be closed by the caller
   * @param about how it was trained, as the writer put it
   * @param sha256 of the file, in lower-case hex
   */
  public record Stored(Backbone backbone, Parameters parameters, JsonNode about, String sha256) {}

  /**
   * Writes a teacher; the file appears complete or not at all.
   *
   * @param about how it was trained
   */
  public static void write(Backbone backbone, Parameters parameters, JsonNode about, Path file) {
    var manifest = JSON.createObjectNode().put("format", FORMAT).put("version", VERSION);
    BackboneJson.write(backbone, manifest.putObject("backbone"));
    manifest.set("about", about);
    byte[] values = values(backbone, parameters);
    ParameterArchive.write(
        file, manifest, ParameterArchive.Storing.COMPRESSED, out -> out.write(values));
  }

  private static byte[] values(Backbone backbone, Parameters parameters) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      for (var spec : backbone.parameters()) {
        if (spec.name().endsWith("/kernel")) {
          writeKernel(spec, parameters, out);
        } else if (spec.name().endsWith("/beta")) {
          var norm = norm(spec);
          for (int c = 0; c < spec.length(); c++) {
            out.writeFloat(
                (float)
                    (at(parameters, spec.name(), c)
                        - at(parameters, norm + "/moving_mean", c) * scale(parameters, norm, c)));
          }
        }
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException("an array refused bytes", e);
    }
  }

  private static void writeKernel(ParameterSpec spec, Parameters parameters, DataOutputStream out)
      throws IOException {
    var norm = spec.name().replace("_conv/kernel", "_bn");
    int channels = Math.toIntExact(spec.dimensions()[3]);
    try (var kernel = parameters.get(spec.name()).dup('c')) {
      float[] values = kernel.data().asFloat();
      for (int i = 0; i < values.length; i++) {
        out.writeShort(Half.of((float) (values[i] * scale(parameters, norm, i % channels))));
      }
    }
  }

  private static String norm(ParameterSpec spec) {
    return spec.name().substring(0, spec.name().indexOf('/'));
  }

  private static double at(Parameters parameters, String name, int index) {
    return parameters.get(name).getDouble(index);
  }

  private static double scale(Parameters parameters, String norm, int channel) {
    return at(parameters, norm + "/gamma", channel)
        / Math.sqrt(at(parameters, norm + "/moving_variance", channel) + Net.EPSILON);
  }

  /**
   * Reads a teacher.
   *
   * @throws InputException if the file is missing, damaged or of a newer kind
   */
  public static Stored read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InputException("there is no teacher " + file + "; name one that pretrain wrote");
    }
    try {
      var kind = FileKind.of(file);
      if (kind != FileKind.TEACHER) {
        throw new InputException(
            file
                + " is not a teacher's file: it is "
                + kind.description()
                + "; name one that pretrain wrote, or use --bundled-teacher");
      }
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw damaged(file.toString(), "it has " + size + " bytes", null);
      }
      return read(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw damaged(file.toString(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The network of a teacher in a file.
   *
   * @throws InputException as {@link #read}
   */
  public static Backbone backbone(Path file) {
    var stored = read(file);
    stored.parameters().close();
    return stored.backbone();
  }

  /** The small teacher that comes with the program. */
  public static Stored bundled() {
    try {
      return read(bundledBytes(), "that comes with the program");
    } catch (IOException e) {
      throw new IllegalStateException("the program's own teacher cannot be read", e);
    }
  }

  /** SHA-256 of that file, in lower-case hex. */
  public static String bundledSha256() {
    return Sha256.sha256(bundledBytes());
  }

  private static byte[] bundledBytes() {
    try (var in = TeacherFile.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new IllegalStateException("the program comes without its teacher");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException("the program's own teacher cannot be read", e);
    }
  }

  private static Stored read(byte[] file, String name) throws IOException {
    var parameters = new Parameters();
    try (var archive = ParameterArchive.open(new ByteArrayInputStream(file), MAX_MANIFEST)) {
      var manifest = archive.manifest();
      if (!manifest.path("format").asText().equals(FORMAT)) {
        throw damaged(name, "its manifest is not that of a teacher", null);
      }
      if (manifest.path("version").asInt() > VERSION) {
        throw new InputException(
            "the teacher " + name + " was written by a newer version; update this program");
      }
      var backbone = backbone(manifest.path("backbone"), name);
      if (backbone.parameters().stream().mapToLong(ParameterSpec::length).sum() > MAX_PARAMETERS) {
        throw damaged(name, "its backbone has more parameters than a small teacher", null);
      }
      var in = archive.parameters();
      for (var spec : backbone.parameters()) {
        parameters.put(spec.name(), values(spec, in, name), DataType.FLOAT, spec.dimensions());
      }
      archive.finish();
      return new Stored(backbone, parameters, manifest.path("about"), Sha256.sha256(file));
    } catch (IllegalArgumentException e) {
      parameters.close();
      throw damaged(name, String.valueOf(e.getMessage()), e);
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static Backbone backbone(JsonNode node, String name) {
    var backbone = BackboneJson.read(node);
    if (backbone.blocks().stream().anyMatch(b -> b > MAX_BLOCKS)
        || backbone.widthPerGroup() > MAX_WIDTH
        || backbone.planes() > MAX_WIDTH) {
      throw damaged(name, "its backbone is none", null);
    }
    return backbone;
  }

  /** What is not in the file is the identity's: gamma 1, mean 0, variance 1 less epsilon. */
  private static float[] values(ParameterSpec spec, InputStream in, String name)
      throws IOException {
    float[] values = new float[Math.toIntExact(spec.length())];
    var variable = spec.name().substring(spec.name().indexOf('/') + 1);
    switch (variable) {
      case "kernel" -> {
        var bytes = bytes(in, Short.BYTES * values.length, name);
        for (int i = 0; i < values.length; i++) {
          values[i] = finite(Half.toFloat(bytes.getShort()), spec, name);
        }
      }
      case "beta" -> {
        var bytes = bytes(in, Float.BYTES * values.length, name);
        for (int i = 0; i < values.length; i++) {
          values[i] = finite(bytes.getFloat(), spec, name);
        }
      }
      case "gamma" -> java.util.Arrays.fill(values, 1);
      case "moving_variance" -> java.util.Arrays.fill(values, (float) (1 - Net.EPSILON));
      default -> {}
    }
    return values;
  }

  private static ByteBuffer bytes(InputStream in, int count, String name) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw damaged(name, "it ends early", null);
    }
    return ByteBuffer.wrap(bytes);
  }

  private static float finite(float value, ParameterSpec spec, String name) {
    if (!Float.isFinite(value)) {
      throw damaged(name, spec.name() + " holds " + value, null);
    }
    return value;
  }

  private static InputException damaged(String name, String why, @Nullable Exception cause) {
    var message = "the teacher " + name + " is damaged (" + why + "); get it again";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
