package org.aand.serve.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.aand.common.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileSinkTest {
  private static final long NEVER = Long.MAX_VALUE;

  private final Path folder;
  private final Path file;

  FileSinkTest(@TempDir Path folder) {
    this.folder = folder;
    file = folder.resolve("results.csv");
  }

  private static List<ResultRecord> missing(FileSink sink, List<ResultRecord> all)
      throws IOException {
    var taken = sink.taken(all.stream().map(ResultRecord::id).collect(Collectors.toSet()));
    return all.stream().filter(result -> !taken.contains(result.id())).toList();
  }

  /** Wherever a killed process stopped, the next one completes the file to the same bytes. */
  @ParameterizedTest
  @EnumSource
  void aFileThatWasCutAnywhereIsCompleted(RowFormat format) throws IOException {
    var results = Results.some(6);
    FileSink.open(file, format, NEVER).write(results);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length <= whole.length; length += 3) {
      Files.write(file, Arrays.copyOf(whole, length));
      var sink = FileSink.open(file, format, NEVER);
      var missing = missing(sink, results);
      if (!missing.isEmpty()) {
        sink.write(missing);
      }
      assertArrayEquals(whole, Files.readAllBytes(file), "cut to " + length);
    }
  }

  @Test
  void csvIsReadBackByAnotherProgram() throws IOException {
    var results = Results.some(12);
    FileSink.open(file, RowFormat.CSV, NEVER).write(results);
    try (MappingIterator<Map<String, String>> rows =
        new CsvMapper()
            .readerForMapOf(String.class)
            .with(CsvSchema.emptySchema().withHeader())
            .readValues(file.toFile())) {
      var read = rows.readAll();
      assertEquals(
          results.stream().map(ResultRecord::image).toList(),
          read.stream().map(row -> row.get("file")).toList());
      assertEquals("bottle, new", read.get(0).get("model"));
      assertEquals("it is \"cut\" off\n", read.get(3).get("error"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesAreRenamedInOrderAndEachResultIsInOneOfThem(RowFormat format) throws IOException {
    var results = Results.some(60);
    for (int i = 0; i < results.size(); i += 3) {
      // Opened anew each time, as after a kill.
      var sink = FileSink.open(file, format, 1000);
      assertEquals(List.of(), missing(sink, results.subList(Math.max(0, i - 3), i)));
      sink.write(results.subList(i, i + 3));
    }
    var ids = new ArrayList<String>();
    try (var files = Files.list(folder)) {
      var names = files.map(path -> path.getFileName().toString()).sorted().toList();
      assertTrue(names.size() > 3, names.toString());
      assertEquals("results.000001.csv", names.get(0));
      for (var name : names) {
        var rows = new ArrayList<String>();
        long length = format.read(folder.resolve(name), rows::add);
        assertEquals(Files.size(folder.resolve(name)), length, "a row is split");
        if (format == RowFormat.CSV) {
          assertEquals(format.header(), rows.remove(0));
        }
        rows.forEach(row -> ids.add(format.id(row)));
      }
    }
    assertEquals(results.stream().map(ResultRecord::id).toList(), ids);
  }

  @Test
  void aFileThatIsMovedAwayIsBegunAnew() throws IOException {
    var sink = FileSink.open(file, RowFormat.CSV, NEVER);
    sink.write(Results.some(2));
    Files.move(file, folder.resolve("archive.csv"));
    sink.write(List.of(Results.normal(9, "b.png")));
    assertEquals(2, Files.readAllLines(file).size());
    assertEquals(3, sink.status().delivered());
  }

  @Test
  void whatCannotBeWrittenIsNotTakenAndCanBeWrittenLater() throws IOException {
    var deeper = folder.resolve("there/results.jsonl");
    var sink = FileSink.open(deeper, RowFormat.JSON_LINES, NEVER);
    sink.write(Results.some(1));
    Files.move(folder.resolve("there"), folder.resolve("away"));
    assertThrows(IOException.class, () -> sink.write(Results.some(2)));
    Files.move(folder.resolve("away"), folder.resolve("there"));
    sink.write(List.of(Results.normal(1, "b.png")));
    assertEquals(2, Files.readAllLines(deeper).size());
  }

  @Test
  void aFileWithOtherColumnsIsLeftAlone() throws IOException {
    Files.writeString(file, "name,score\na.png,1\n", UTF_8);
    var refused =
        assertThrows(InputException.class, () -> FileSink.open(file, RowFormat.CSV, NEVER));
    assertTrue(String.valueOf(refused.getMessage()).contains("name another"), refused.toString());
    assertEquals("name,score\na.png,1\n", Files.readString(file));
  }

  @Test
  void aFileOfAnotherVersionIsRenamed() throws IOException {
    Files.writeString(file, "id,time,model,file,gone\n1,2,3,4,5\n", UTF_8);
    FileSink.open(file, RowFormat.CSV, NEVER).write(Results.some(1));
    assertEquals(2, Files.readAllLines(folder.resolve("results.000001.csv")).size());
    assertEquals(RowFormat.CSV.header(), Files.readAllLines(file).get(0));
  }
}
