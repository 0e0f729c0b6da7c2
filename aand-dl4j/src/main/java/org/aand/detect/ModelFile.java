package org.aand.detect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aand.io.InputException;
import org.aand.nn.ArrayStream;
import org.aand.nn.ParameterSpec;
import org.aand.nn.Parameters;
import org.aand.report.AtomicFile;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A model on disk: a zip archive of {@code manifest.json}, which describes the network and where
 * its teacher comes from, and {@code parameters.bin}, all parameters in the table's order as
 * little-endian float32.
 */
public final class ModelFile {
  private static final String FORMAT = "aand-model";
  private static final int VERSION = 2;
  private static final String MANIFEST = "manifest.json";
  private static final String PARAMETERS = "parameters.bin";
  private static final int MAX_MANIFEST = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFile() {}

  /**
   * A model and what its file says about its teacher.
   *
   * @param model to be closed by the caller
   * @param about where the teacher's weights come from, as the writer put it
   * @param method which method was trained, as the writer put it; a missing node if it did not
   */
  public record Stored(Model model, JsonNode about, JsonNode method) {}

  /**
   * Writes a model without a word on its method; the file appears complete or not at all.
   *
   * @param about what to say about the teacher
   */
  public static void write(Model model, JsonNode about, Path file) {
    write(model, about, MissingNode.getInstance(), file);
  }

  /**
   * Writes a model; the file appears complete or not at all.
   *
   * @param about what to say about the teacher
   * @param method what to say about the method, or a missing node
   */
  public static void write(Model model, JsonNode about, JsonNode method, Path file) {
    var described = manifest(model, about);
    if (!method.isMissingNode()) {
      described.set("method", method);
    }
    byte[] manifest = described.toPrettyString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    AtomicFile.write(
        file,
        out -> {
          // Closing the zip must not close what it writes to.
          var zip = new ZipOutputStream(new BufferedOutputStream(new FilterOutputStream(out)));
          zip.setLevel(Deflater.NO_COMPRESSION);
          zip.putNextEntry(new ZipEntry(MANIFEST));
          zip.write(manifest);
          zip.closeEntry();
          zip.putNextEntry(new ZipEntry(PARAMETERS));
          writeParameters(model, zip);
          zip.closeEntry();
          zip.finish();
          zip.flush();
        });
  }

  private static void writeParameters(Model model, OutputStream out) throws IOException {
    for (var spec : Model.table(model.teacher(), model.scoring())) {
      ArrayStream.write(model.parameters().get(spec.name()), out);
    }
  }

  private static ObjectNode manifest(Model model, JsonNode about) {
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put("version", VERSION);
    root.put("imageSize", model.imageSize()).put("sigma", model.sigma());
    NetworkJson.write(model, root);
    root.put("parameters", model.parameters().count());
    root.set("teacher", about);
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
    try (var zip = new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      expect(zip, MANIFEST, file);
      var manifest = JSON.readTree(zip.readNBytes(MAX_MANIFEST));
      if (!manifest.path("format").asText().equals(FORMAT)) {
        throw damaged(file, "its manifest is not that of a model", null);
      }
      if (manifest.path("version").asInt() > VERSION) {
        throw new InputException(
            file + " was written by a newer version; update this program to read it");
      }
      var teacher = NetworkJson.teacher(manifest);
      var scoring = NetworkJson.scoring(manifest, teacher);
      expect(zip, PARAMETERS, file);
      var parameters = readParameters(zip, Model.table(teacher, scoring), file);
      var model =
          new Model(
              teacher,
              scoring,
              manifest.path("imageSize").asInt(),
              manifest.path("sigma").asDouble(),
              parameters);
      return new Stored(model, manifest.path("teacher"), manifest.path("method"));
    } catch (ZipException | IllegalArgumentException | java.io.EOFException e) {
      throw damaged(file, String.valueOf(e.getMessage()), e);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw damaged(file, "its manifest is not valid JSON", e);
    } catch (IOException e) {
      throw new InputException("the model " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Parameters readParameters(InputStream in, List<ParameterSpec> table, Path file)
      throws IOException {
    var parameters = new Parameters();
    try {
      var data = new DataInputStream(in);
      for (var spec : table) {
        float[] values = ArrayStream.read(data, Math.toIntExact(spec.length()));
        parameters.put(spec.name(), values, DataType.FLOAT, spec.dimensions());
      }
      if (in.read() >= 0) {
        throw damaged(file, "it holds more parameters than its network has", null);
      }
      return parameters;
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
    var message = "the model " + file + " is damaged (" + why + "); copy or train it again";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }
}
