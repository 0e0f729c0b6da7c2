package org.aand.weights.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.aand.common.InputException;
import org.aand.weights.WeightTensor;
import org.bytedeco.hdf5.global.hdf5;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A folder to write to, and a watch over what the HDF5 library has open. */
public abstract class WeightsTestBase {
  @SuppressWarnings("NullAway.Init")
  @TempDir
  protected Path folder;

  private Map<String, Long> openBefore = Map.of();

  @BeforeEach
  void rememberWhatIsOpen() {
    // The first use makes the library's own constants, which stay.
    var file = folder.resolve("first.h5");
    KerasWeightsFile.write(file, List.of(new WeightTensor("a", "b", new int[] {1}, new float[1])));
    KerasWeights.read(file);
    openBefore = open();
  }

  @AfterEach
  void everyNativeHandleIsClosed() {
    assertEquals(openBefore, open());
  }

  /** Files, groups, datasets, types and attributes. */
  private static Map<String, Long> open() {
    var kinds =
        Map.of(
            "files", hdf5.H5F_OBJ_FILE,
            "datasets", hdf5.H5F_OBJ_DATASET,
            "groups", hdf5.H5F_OBJ_GROUP,
            "types", hdf5.H5F_OBJ_DATATYPE,
            "attributes", hdf5.H5F_OBJ_ATTR);
    var open = new TreeMap<String, Long>();
    kinds.forEach((name, kind) -> open.put(name, hdf5.H5Fget_obj_count(hdf5.H5F_OBJ_ALL, kind)));
    return open;
  }

  /** The one line with which a file is refused; it names the file. */
  protected static String refusal(Path file, Executable call) {
    var message = String.valueOf(assertThrows(InputException.class, call).getMessage());
    assertTrue(message.contains(file.toString()), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  protected static void assertContains(String text, String... parts) {
    for (var part : parts) {
      assertTrue(text.contains(part), () -> "\"" + part + "\" is not in \"" + text + "\"");
    }
  }
}
