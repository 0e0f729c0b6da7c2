package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.aand.samediff.ModelStore;
import org.aand.train.TinyModel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a file that is called a model holds, reading it ends in one line that names it. */
class HostileModelFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> NUMBERS =
      List.of(
          "/imageSize",
          "/sigma",
          "/backbone/widthPerGroup",
          "/backbone/planes",
          "/backbone/blocks/1",
          "/student/bottleneckBlocks",
          "/modules/0/channels",
          "/modules/1/hidden",
          "/modules/2/memoryItems",
          "/modules/2/temperature");
  private static final List<String> ABSURD =
      List.of("-1", "1e300", "2147483648", "99999999999999999999", "\"12\"", "null", "[]", "{}");

  private static Path folder = Path.of("");
  private static byte[] whole = new byte[0];
  private static ObjectNode manifest = JsonNodeFactory.instance.objectNode();

  private final RandomGenerator random = new RandomStreams(17).stream("hostile");

  @BeforeAll
  static void writeAModel(@TempDir Path temporary) throws IOException {
    folder = temporary;
    try (var model = TinyModel.create(3, true)) {
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file());
    }
    whole = Files.readAllBytes(file());
    try (var zip = new ZipInputStream(Files.newInputStream(file()))) {
      zip.getNextEntry();
      manifest = (ObjectNode) JSON.readTree(zip.readAllBytes());
    }
  }

  @Test
  void whatIsNoModelFile() throws IOException {
    var missing = folder.resolve("missing.aand");
    assertTrue(refused(missing).contains("there is no model file"));
    var directory = Files.createDirectories(folder.resolve("directory.aand"));
    assertTrue(refused(directory).contains("there is no model file"));
    for (var content : List.of("", "P", "PK", "\u0089PNG", "a model, honestly", "{}")) {
      refused(content.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void randomBytesWithAndWithoutAnArchivesBeginning() throws IOException {
    for (int i = 0; i < 40; i++) {
      byte[] bytes = new byte[random.nextInt(3000)];
      random.nextBytes(bytes);
      System.arraycopy(whole, 0, bytes, 0, Math.min(bytes.length, i));
      refused(bytes);
    }
  }

  @Test
  void aFileCutOffAnywhere() throws IOException {
    Files.write(file(), whole);
    try (var access = new RandomAccessFile(file().toFile(), "rw")) {
      long length = whole.length;
      for (int i = 0; i < 20; i++) {
        length -= 1 + random.nextLong(whole.length / 20 - 1);
        access.setLength(length);
        refused(file());
      }
      for (int i = 0; i < 20; i++) {
        access.setLength(random.nextInt(4000 - 190 * i));
        refused(file());
      }
    }
  }

  @Test
  void aFlippedBitInTheParameters() throws IOException {
    Files.write(file(), whole);
    try (var access = new RandomAccessFile(file().toFile(), "rw")) {
      for (int i = 0; i < 6; i++) {
        // Neither the manifest in front nor the archive's directory behind.
        int at = 100_000 + random.nextInt(whole.length - 200_000);
        access.seek(at);
        access.write(whole[at] ^ 1 << random.nextInt(8));
        refused(file());
        access.seek(at);
        access.write(whole[at]);
      }
    }
  }

  @Test
  void aFlippedBitInTheManifest() throws IOException {
    int end = new String(whole, 0, 4000, StandardCharsets.ISO_8859_1).indexOf("parameters.bin");
    for (int i = 0; i < 40; i++) {
      byte[] bytes = java.util.Arrays.copyOf(whole, 6000);
      bytes[43 + random.nextInt(end - 43)] ^= (byte) (1 << random.nextInt(8));
      refused(bytes);
    }
  }

  @Test
  void anAbsurdNumberIsNamedBeforeAnyMemoryIsTaken() throws IOException {
    for (var pointer : NUMBERS) {
      for (var value : ABSURD) {
        var changed = manifest.deepCopy();
        set(changed, pointer, JSON.readTree(value));
        var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", ""));
        var field = pointer.replace("/1", "").replaceAll(".*/", "");
        assertTrue(message.contains(field), message);
      }
    }
  }

  @Test
  void aTilingThatIsNoneOrTooFine() throws IOException {
    int size = manifest.path("imageSize").asInt();
    for (var value : ABSURD) {
      for (var field : List.of("resolution", "overlap")) {
        var changed = manifest.deepCopy();
        var tiling = changed.putObject("tiling").put("resolution", 2 * size).put("overlap", 8);
        tiling.set(field, JSON.readTree(value));
        var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", ""));
        assertTrue(message.contains("its " + field), message);
      }
    }
    for (int[] tiling : new int[][] {{size - 1, 8}, {2 * size, size / 2 + 1}}) {
      var changed = manifest.deepCopy();
      changed.putObject("tiling").put("resolution", tiling[0]).put("overlap", tiling[1]);
      var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", ""));
      assertTrue(
          message.contains("resolution " + tiling[0]) || message.contains("overlap"), message);
    }
  }

  @Test
  void absurdHeightsAndWidthsAreNamed() throws IOException {
    int size = manifest.path("imageSize").asInt();
    for (var value : ABSURD) {
      for (var field : List.of("imageHeight", "imageWidth")) {
        var changed = manifest.deepCopy();
        changed.remove("imageSize");
        changed.put("imageHeight", size).put("imageWidth", 2 * size);
        changed.set(field, JSON.readTree(value));
        var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", ""));
        assertTrue(message.contains("its " + field), message);
      }
      for (var field : List.of("height", "width")) {
        var changed = manifest.deepCopy();
        var tiling = changed.putObject("tiling");
        tiling.put("height", 2 * size).put("width", 3 * size).put("overlap", 8);
        tiling.set(field, JSON.readTree(value));
        var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", ""));
        assertTrue(message.contains("its " + field), message);
      }
    }
  }

  @Test
  void aNetworkLargerThanItsFile() throws IOException {
    var changed = manifest.deepCopy();
    set(changed, "/backbone/blocks/1", JSON.readTree("200"));
    var zeros = "\0".repeat(50_000_000);
    var message = refused(archive("manifest.json", changed.toString(), "parameters.bin", zeros));
    assertTrue(message.contains("bytes of parameters"), message);
  }

  @Test
  void aManifestThatUnpacksWithoutEnd() throws IOException {
    var message = refused(archive("manifest.json", " ".repeat(50_000_000)));
    assertTrue(message.contains("manifest is longer"), message);
    refused(archive("manifest.json", "[".repeat(100_000)));
    refused(archive("manifest.json", ""));
    refused(archive("manifest.json", "null"));
  }

  @Test
  void pathsThatLeadElsewhere() throws IOException {
    for (var name : List.of("../manifest.json", "/etc/passwd", "..\\manifest.json", "a/", "\n\n")) {
      refused(archive(name, manifest.toString(), "parameters.bin", ""));
      refused(archive("manifest.json", manifest.toString(), name, ""));
    }
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(f -> f.endsWith("etc")).toList());
    }
  }

  @Test
  void parametersThatNoTrainingLeaves() throws IOException {
    for (float value : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
      try (var model = TinyModel.create(3, false)) {
        model.parameters().get("conv1_conv/kernel").putScalar(5, value);
        ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file());
      }
      var message = refused(file());
      assertTrue(message.contains("conv1_conv/kernel holds " + value), message);
    }
    try (var model = TinyModel.create(3, false)) {
      model.parameters().get("conv1_bn/moving_variance").putScalar(5, -1);
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file());
    }
    assertTrue(refused(file()).contains("conv1_bn/moving_variance holds -1.0"));
  }

  @Test
  void anotherModelsParametersAreToldByTheChecksum() throws IOException {
    var changed = manifest.deepCopy().put("parametersSha256", "0".repeat(64));
    var parameters = new byte[whole.length];
    int length;
    try (var zip = new ZipInputStream(new java.io.ByteArrayInputStream(whole))) {
      zip.getNextEntry();
      zip.getNextEntry();
      length = zip.readNBytes(parameters, 0, parameters.length);
    }
    try (var zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.setLevel(0);
      add(zip, "manifest.json", changed.toString().getBytes(StandardCharsets.UTF_8));
      add(zip, "parameters.bin", java.util.Arrays.copyOf(parameters, length));
    }
    assertTrue(refused(file()).contains("checksum"));
    try (var zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      zip.setLevel(0);
      add(zip, "manifest.json", manifest.toString().getBytes(StandardCharsets.UTF_8));
      add(zip, "parameters.bin", java.util.Arrays.copyOf(parameters, length));
      add(zip, "../../elsewhere", new byte[3]);
    }
    assertTrue(refused(file()).contains("an entry more"));
  }

  @Test
  void aNewerMajorVersionIsRefusedAndANewerMinorOneIsNot() throws IOException {
    var newer = manifest.deepCopy().put("version", 3).put("anything", "else");
    var message = refused(archive("manifest.json", newer.toString()));
    assertTrue(message.contains("newer version") && message.contains("update"), message);
    var minor = manifest.deepCopy().put("minorVersion", 99).put("anything", "else");
    // It gets as far as the parameters, which are missing here.
    var further = refused(archive("manifest.json", minor.toString()));
    assertTrue(further.contains("bytes of parameters"), further);
  }

  private static void set(ObjectNode root, String pointer, JsonNode value) {
    int slash = pointer.lastIndexOf('/');
    var parent = root.at(pointer.substring(0, slash));
    var field = pointer.substring(slash + 1);
    if (parent instanceof ObjectNode object) {
      object.set(field, value);
    } else {
      ((com.fasterxml.jackson.databind.node.ArrayNode) parent).set(Integer.parseInt(field), value);
    }
  }

  private static byte[] archive(String... namesAndContents) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        add(zip, namesAndContents[i], namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content);
    zip.closeEntry();
  }

  private static String refused(byte[] content) throws IOException {
    Files.write(file(), content);
    return refused(file());
  }

  private static String refused(Path file) {
    var message =
        String.valueOf(
            assertThrows(InputException.class, () -> ModelStore.read(file).model().close())
                .getMessage());
    assertTrue(message.contains(file.getFileName().toString()), message);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 600, message);
    return message;
  }

  private static Path file() {
    return folder.resolve("model.aand");
  }
}
