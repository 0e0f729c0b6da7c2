package org.aand.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.FloatStream;
import org.aand.common.file.IoReason;
import org.aand.nn.HostValues;
import org.aand.nn.Parameters;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Where the state of a training is saved so that, killed at any moment, it resumes from there.
 *
 * <p>{@code checkpoint.bin} is a header in JSON after its length, then the values of parameters and
 * moments. {@code best-STAGE-EPOCH.bin} holds the parameters of an epoch chosen so far; it is
 * written before the checkpoint that names it, and those that none names are deleted after it.
 *
 * @param folder of these files alone, or with others
 * @param every how long an epoch runs before its state is saved
 */
public record CheckpointFolder(Path folder, Duration every) {
  private static final String FILE = "checkpoint.bin";
  private static final String BEST = "best-";
  private static final String FORMAT = "aand-checkpoint-1";
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(new OptionalDoubleJson()).build();

  /** A folder in which long epochs are kept every five minutes. */
  public CheckpointFolder(Path folder) {
    this(folder, Duration.ofMinutes(5));
  }

  @SuppressWarnings("ArrayRecordComponent") // written and read, never compared
  private record Values(String name, long[] shape) {
    private long length() {
      return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }
  }

  private record Header(
      String format,
      Checkpoint checkpoint,
      List<Values> parameters,
      long optimiserSteps,
      List<Values> moments) {}

  /** Whether a training was kept here. */
  public boolean used() {
    return Files.exists(folder.resolve(FILE));
  }

  /** Keeps a state; the one before stays until the new one is complete. */
  void write(Checkpoint checkpoint, Map<String, INDArray> parameters, Optimiser optimiser) {
    var moments = new ArrayList<Values>();
    optimiser.names().forEach(n -> moments.add(new Values(n, optimiser.moments(n).get(0).shape())));
    var header = new Header(FORMAT, checkpoint, values(parameters), optimiser.steps(), moments);
    AtomicFile.write(
        folder.resolve(FILE),
        stream -> {
          var out = new DataOutputStream(stream);
          byte[] json = JSON.writeValueAsBytes(header);
          out.writeInt(json.length);
          out.write(json);
          for (var array : parameters.values()) {
            FloatStream.write(HostValues.readSingle(array), out);
          }
          for (var name : optimiser.names()) {
            for (var moment : optimiser.moments(name)) {
              FloatStream.write(HostValues.readSingle(moment), out);
            }
          }
          out.flush();
        });
    var best = checkpoint.best();
    try {
      deleteBest(best == null ? "" : best(checkpoint, best));
    } catch (IOException e) {
      throw failure("cannot be deleted", e);
    }
  }

  /** Where a training stands, without its values. */
  Optional<Checkpoint> read() {
    return used() ? Optional.of(read((header, in) -> header.checkpoint())) : Optional.empty();
  }

  /** Reads the parameters that were kept into their arrays. */
  void readParameters(Parameters parameters) {
    read(
        (header, in) -> {
          for (var values : header.parameters()) {
            if (!parameters.has(values.name())
                || !Arrays.equals(parameters.get(values.name()).shape(), values.shape())) {
              throw damaged("it is of another network", null);
            }
            assign(parameters.get(values.name()), in);
          }
          return header;
        });
  }

  /** Brings a fresh optimiser to where it was kept. */
  void readMoments(Optimiser optimiser) {
    read(
        (header, in) -> {
          long before = header.parameters().stream().mapToLong(Values::length).sum();
          in.skipNBytes(Float.BYTES * before);
          var moments = new LinkedHashMap<String, List<INDArray>>();
          for (var kept : header.moments()) {
            var arrays = new ArrayList<INDArray>();
            for (int i = 0; i < optimiser.arraysEach(); i++) {
              arrays.add(array(kept, in));
            }
            moments.put(kept.name(), arrays);
          }
          optimiser.restore(header.optimiserSteps(), moments);
          return header;
        });
  }

  @FunctionalInterface
  private interface Reader<R> {
    R read(Header header, DataInputStream in) throws IOException;
  }

  private <R> R read(Reader<R> reader) {
    try (var in = open(FILE)) {
      var header = JSON.readValue(in.readNBytes(in.readInt()), Header.class);
      if (!header.format().equals(FORMAT)) {
        throw damaged("it is of another version", null);
      }
      return reader.read(header, in);
    } catch (JsonProcessingException | EOFException e) {
      throw damaged("it is not complete", e);
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  /** Keeps the parameters of a chosen epoch. */
  void writeBest(Checkpoint at, Checkpoint.Best best, Map<String, INDArray> parameters) {
    AtomicFile.write(
        folder.resolve(best(at, best)),
        stream -> {
          for (var array : parameters.values()) {
            FloatStream.write(HostValues.readSingle(array), stream);
          }
        });
  }

  /** Reads the parameters of a chosen epoch into their arrays. */
  void readBest(Checkpoint at, Checkpoint.Best best, Map<String, INDArray> parameters) {
    try (var in = open(best(at, best))) {
      for (var array : parameters.values()) {
        assign(array, in);
      }
    } catch (IOException e) {
      throw failure("cannot be read", e);
    }
  }

  private static String best(Checkpoint at, Checkpoint.Best best) {
    return BEST + at.stage() + "-" + best.epoch() + ".bin";
  }

  private void deleteBest(String except) throws IOException {
    try (var files = Files.newDirectoryStream(folder, BEST + "*")) {
      for (var file : files) {
        if (!file.equals(folder.resolve(except))) {
          Files.delete(file);
        }
      }
    }
  }

  private static List<Values> values(Map<String, INDArray> arrays) {
    var values = new ArrayList<Values>();
    arrays.forEach((name, array) -> values.add(new Values(name, array.shape())));
    return values;
  }

  private static void assign(INDArray array, DataInputStream in) throws IOException {
    try (var kept =
        HostValues.array(FloatStream.read(in, Math.toIntExact(array.length())), array.shape())) {
      array.assign(kept);
    }
  }

  private static INDArray array(Values values, DataInputStream in) throws IOException {
    return HostValues.array(FloatStream.read(in, Math.toIntExact(values.length())), values.shape());
  }

  private DataInputStream open(String name) throws IOException {
    return new DataInputStream(new BufferedInputStream(Files.newInputStream(folder.resolve(name))));
  }

  private InputException damaged(String why, @Nullable Exception cause) {
    var message =
        "the checkpoint "
            + folder.resolve(FILE)
            + " is unusable ("
            + why
            + "); delete "
            + folder
            + " to train again";
    return cause == null ? new InputException(message) : new InputException(message, cause);
  }

  private InputException failure(String what, IOException cause) {
    return new InputException(
        "the checkpoint in "
            + folder
            + " "
            + what
            + " ("
            + IoReason.of(cause)
            + "); check the folder",
        cause);
  }
}
