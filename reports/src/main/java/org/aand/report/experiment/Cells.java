package org.aand.report.experiment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.IoReason;

/**
 * All cells of an output folder, in their order, each once.
 *
 * <p>Written as CSV for spreadsheets or as JSON; the two hold the same and are read back to equal
 * cells. The same cells always give the same bytes: UTF-8, lines end with a line feed, numbers are
 * written in full precision with a point, whatever the locale.
 *
 * @param all the cells, sorted
 */
public record Cells(List<Cell> all) {

  /**
   * Sorts the cells.
   *
   * @throws IllegalArgumentException if two cells describe the same training and protocol
   */
  public Cells {
    all = all.stream().sorted().toList();
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).isSameAs(all.get(i - 1))) {
        throw new IllegalArgumentException("the same cell twice: " + all.get(i));
      }
    }
  }

  /** The cells of one experiment. */
  public Cells of(String experiment) {
    return new Cells(all.stream().filter(cell -> cell.experiment().equals(experiment)).toList());
  }

  /**
   * Writes the cells as CSV: a header, then a line for each cell.
   *
   * @throws InputException if the file cannot be written; a file that was there is kept then
   */
  public void writeCsv(Path file) {
    write(file, CellFormat.toCsv(all));
  }

  /**
   * Writes the cells as JSON: an object for each cell in one array.
   *
   * @throws InputException if the file cannot be written; a file that was there is kept then
   */
  public void writeJson(Path file) {
    write(file, CellFormat.toJson(all));
  }

  /**
   * Reads what {@link #writeCsv} wrote. The order of the columns does not matter.
   *
   * @throws InputException if the file is missing or is no file of cells; the message names the
   *     line
   */
  public static Cells readCsv(Path file) {
    return read(file, text -> CellFormat.fromCsv(text, file.toString()));
  }

  /**
   * Reads what {@link #writeJson} wrote.
   *
   * @throws InputException if the file is missing or is no file of cells; the message names the
   *     cell
   */
  public static Cells readJson(Path file) {
    return read(file, text -> CellFormat.fromJson(text, file.toString()));
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Cells read(Path file, Function<String, List<Cell>> parser) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new InputException("no file of cells " + file + "; run the experiment first", e);
    } catch (IOException e) {
      throw new InputException("cannot read the cells in " + file + ": " + IoReason.of(e), e);
    }
    List<Cell> cells = parser.apply(text);
    try {
      return new Cells(cells);
    } catch (IllegalArgumentException e) {
      throw new InputException(file + " holds " + e.getMessage() + "; remove one of them", e);
    }
  }
}
