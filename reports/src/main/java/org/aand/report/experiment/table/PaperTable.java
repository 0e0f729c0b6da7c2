package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.aand.report.Protocol;
import org.aand.report.experiment.Average;
import org.aand.report.experiment.Cell;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.published.Dataset;
import org.aand.report.experiment.published.Published;
import org.aand.report.experiment.published.PublishedTable;
import org.aand.report.experiment.published.PublishedTable.Column;
import org.aand.report.experiment.published.PublishedTable.Misfit;
import org.aand.report.experiment.published.PublishedTable.Row;
import org.jspecify.annotations.Nullable;

/** Sets measured values and their differences below the published ones, in the paper's layout. */
final class PaperTable {
  private final PublishedTable paper;
  private final List<Cell> cells;
  private final List<Protocol> protocols;
  private final List<String> rows;
  private final Map<Protocol, List<MeasuredColumn>> measured = new HashMap<>();

  private PaperTable(PublishedTable paper, Cells all) {
    this.paper = paper;
    this.cells = all.all().stream().filter(cell -> belongs(paper, cell)).toList();
    this.protocols = cells.stream().map(Cell::protocol).distinct().sorted().toList();
    this.rows = rows();
    for (Protocol protocol : protocols) {
      measured.put(protocol, paper.columns().stream().map(c -> measured(c, protocol)).toList());
    }
  }

  /**
   * The table.
   *
   * @param setup what was measured, as the end of a sentence; may be empty
   */
  static Table of(PublishedTable paper, Cells cells, String setup) {
    return new PaperTable(paper, cells).table(setup);
  }

  private Table table(String setup) {
    List<List<Entry>> published = published();
    var groups = new ArrayList<Table.Group>();
    for (int r = 0; r < rows.size(); r++) {
      groups.add(group(r, published));
    }
    var sources = new ArrayList<String>();
    sources.add(Sources.published(paper));
    sources.addAll(Sources.measured(cells, setup));
    return new Table(
        paper.file(),
        "Table " + paper.id(),
        paper.title(),
        sources,
        paper.text(),
        paper.columns().stream().map(c -> new Table.Head(c.group(), c.label())).toList(),
        groups,
        notes(groups),
        Sources.failures(cells));
  }

  private static boolean belongs(PublishedTable paper, Cell cell) {
    return paper.columns().stream().anyMatch(column -> belongs(paper, column, cell));
  }

  private static boolean belongs(PublishedTable paper, Column column, Cell cell) {
    return paper.takes(column, cell.experiment())
        && (cell.experiment().equals(paper.experiment()) || paper.row(cell.row()).isPresent())
        && matches(column.dataset(), cell.dataset())
        && matches(column.category(), cell.category());
  }

  private static boolean matches(@Nullable String wanted, String is) {
    return wanted == null || wanted.equals(is);
  }

  /** The paper's rows, then those that were measured beyond it. */
  private List<String> rows() {
    var keys = new LinkedHashSet<String>();
    paper.rows().forEach(row -> keys.add(row.key()));
    cells.forEach(cell -> keys.add(cell.row()));
    return List.copyOf(keys);
  }

  private MeasuredColumn measured(Column column, Protocol protocol) {
    List<Cell> own =
        cells.stream()
            .filter(cell -> cell.protocol() == protocol && belongs(paper, column, cell))
            .toList();
    return MeasuredColumn.of(column.measure(), expected(column), rows, own);
  }

  private Set<String> expected(Column column) {
    String dataset = column.dataset();
    if (dataset == null) {
      return Set.of();
    }
    if (column.category() != null) {
      return Set.of(dataset + "/" + column.category());
    }
    Optional<Dataset> known = Published.dataset(dataset);
    return known.isPresent()
        ? known.get().categories().stream().map(c -> dataset + "/" + c).collect(Collectors.toSet())
        : cells.stream()
            .filter(cell -> cell.dataset().equals(dataset))
            .map(Average::category)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** By column, the published entries of all rows. */
  private List<List<Entry>> published() {
    var columns = new ArrayList<List<Entry>>();
    for (int c = 0; c < paper.columns().size(); c++) {
      var entries = new ArrayList<Entry>();
      for (String key : rows) {
        entries.add(published(key, c));
      }
      List<Boolean> best = Best.of(entries, paper.columns().get(c).measure().moreIsBetter());
      for (int r = 0; r < entries.size(); r++) {
        entries.set(r, entries.get(r).bestIf(best.get(r)));
      }
      columns.add(entries);
    }
    return columns;
  }

  private Entry published(String key, int column) {
    Double value = publishedValue(key, column);
    if (value == null) {
      return Entry.of(Entry.State.NONE);
    }
    int decimals = paper.columns().get(column).measure().decimals();
    Entry entry = Entry.value(Decimal.fixed(value, decimals));
    return entry.doubtfulIf(
        paper.misfits().stream().anyMatch(m -> m.row().equals(key) && m.column() == column));
  }

  private @Nullable Double publishedValue(String key, int column) {
    Optional<Row> row = paper.row(key);
    return row.isEmpty() ? null : row.get().values().get(column);
  }

  private Table.Group group(int r, List<List<Entry>> published) {
    String key = rows.get(r);
    Optional<Row> row = paper.row(key);
    var lines = new ArrayList<Table.Line>();
    if (row.isPresent()) {
      lines.add(
          new Table.Line(
              Table.Kind.PUBLISHED,
              "published",
              published.stream().map(column -> column.get(r)).toList()));
    }
    if (row.isEmpty() || row.get().measured() || isMeasured(key)) {
      for (Protocol protocol : protocols) {
        String suffix = protocols.size() == 1 ? "" : ", " + protocol.key();
        List<MeasuredColumn> columns = Objects.requireNonNull(measured.get(protocol));
        lines.add(
            new Table.Line(
                Table.Kind.MEASURED,
                "measured" + suffix,
                columns.stream().map(column -> column.entries().get(r)).toList()));
        if (row.isPresent()) {
          lines.add(
              new Table.Line(
                  Table.Kind.DIFFERENCE, "difference" + suffix, differences(key, r, columns)));
        }
      }
    }
    return new Table.Group(text(key, row), lines, opens(r));
  }

  private boolean isMeasured(String key) {
    return cells.stream().anyMatch(cell -> cell.row().equals(key));
  }

  /** Of the printed values, so that a reader finds the same. */
  private List<Entry> differences(String key, int r, List<MeasuredColumn> columns) {
    var entries = new ArrayList<Entry>();
    for (int c = 0; c < columns.size(); c++) {
      MeasuredColumn column = columns.get(c);
      Entry entry = column.entries().get(r);
      Double value = publishedValue(key, c);
      boolean comparable =
          entry.hasValue() && column.isComplete(r) && column.measure().comparable();
      entries.add(
          comparable && value != null
              ? Entry.value(Decimal.difference(entry.value(), value))
              : Entry.of(Entry.State.NONE));
    }
    return entries;
  }

  private List<String> text(String key, Optional<Row> row) {
    if (row.isPresent()) {
      return row.get().text();
    }
    var text = new ArrayList<String>();
    paper.text().forEach(head -> text.add(""));
    int method = Math.max(0, paper.text().indexOf("Method"));
    text.set(method, key + " (not in the paper)");
    return text;
  }

  /** A rule stands where the paper's leading group changes, and before rows beyond the paper. */
  private boolean opens(int r) {
    Optional<Row> here = paper.row(rows.get(r));
    Optional<Row> above = r == 0 ? Optional.empty() : paper.row(rows.get(r - 1));
    if (here.isEmpty()) {
      return above.isPresent();
    }
    boolean grouped = paper.text().get(0).isEmpty();
    return grouped
        && above.isPresent()
        && !here.get().text().get(0).equals(above.get().text().get(0));
  }

  private List<String> notes(List<Table.Group> groups) {
    var notes = new ArrayList<String>();
    notes.add(paper.metric() + ".");
    notes.add(
        protocols.isEmpty()
            ? "Bold: the best of its column. A dash: not given."
            : "Bold: the best of its column, published and measured each among themselves."
                + " Difference: measured minus published.");
    List<Entry> entries =
        groups.stream()
            .flatMap(group -> group.lines().stream())
            .flatMap(line -> line.entries().stream())
            .toList();
    if (entries.stream().anyMatch(entry -> !entry.deviation().isEmpty())) {
      notes.add("±: sample deviation over the seeds.");
    }
    if (entries.stream().anyMatch(entry -> !entry.coverage().isEmpty())) {
      notes.add(
          "A fraction such as 3/15: mean over that part of the data set's categories; not"
              + " comparable with the published mean, so without a difference.");
    }
    paper.misfits().stream()
        .sorted(Comparator.comparingInt(Misfit::column))
        .forEach(misfit -> notes.add("†: " + misfit.what()));
    notes.addAll(paper.notes());
    return notes;
  }
}
