package org.aand.samediff;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.aand.common.InputException;
import org.aand.model.ModelFile;
import org.aand.nn.HostValues;
import org.aand.nn.Parameters;
import org.nd4j.linalg.api.buffer.DataType;

/** Models with parameters off-heap from and to {@link ModelFile}s. */
public final class ModelStore {
  private ModelStore() {}

  /**
   * A model and what its file says about it.
   *
   * @param model to be closed by the caller
   * @param notes the rest of the file
   * @param version of the file's format, such as "1.1"
   * @param parametersSha256 of the parameters' bytes, in lower-case hex
   */
  public record Stored(
      Model model, ModelFile.Notes notes, String version, String parametersSha256) {
    /** Where the teacher's weights come from, as the writer put it. */
    public JsonNode about() {
      return notes.teacher();
    }
  }

  /**
   * Writes a model; the file appears complete or not at all.
   *
   * @param about what to say about the teacher
   */
  public static void write(Model model, JsonNode about, Path file) {
    write(model, ModelFile.Notes.of(about), file);
  }

  /** Writes a model; the file appears complete or not at all. */
  public static void write(Model model, ModelFile.Notes notes, Path file) {
    ModelFile.write(
        model.description(),
        notes,
        spec -> HostValues.readSingle(model.parameters().get(spec.name())),
        file);
  }

  /**
   * Reads a model.
   *
   * @throws InputException if it is missing, damaged, or of a newer kind
   */
  public static Stored read(Path file) {
    var parameters = new Parameters();
    try {
      var contents =
          ModelFile.read(
              file,
              description ->
                  (spec, values) ->
                      parameters.put(spec.name(), values, DataType.FLOAT, spec.dimensions()));
      return new Stored(
          new Model(contents.description(), parameters),
          contents.notes(),
          contents.version(),
          contents.parametersSha256());
    } catch (RuntimeException e) {
      parameters.close();
      throw e;
    }
  }
}
