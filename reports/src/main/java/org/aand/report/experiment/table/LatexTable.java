package org.aand.report.experiment.table;

import java.util.List;

/** A table as LaTeX; needs the packages booktabs and amssymb. */
public final class LatexTable {
  private LatexTable() {}

  /** The floating table, with its sources, notes and failures below. */
  public static String of(Table table) {
    List<String> heads = Layout.textHeads(table);
    int texts = heads.size();
    var out = new StringBuilder();
    out.append("% needs \\usepackage{booktabs,amssymb}\n");
    out.append("\\begin{table*}\n\\centering\n");
    out.append("\\caption{").append(escape(table.label() + ": " + table.title())).append("}\n");
    out.append("\\begin{tabular}{").append("l".repeat(texts));
    out.append("r".repeat(table.heads().size())).append("}\n\\toprule\n");
    if (table.hasHeadGroups()) {
      out.append(groupHeads(table, texts));
    }
    table.heads().forEach(head -> heads.add(head.label()));
    row(out, heads.stream().map(LatexTable::escape).toList());
    out.append("\\midrule\n");
    for (Table.Group group : table.groups()) {
      if (group.opens()) {
        out.append("\\midrule\n");
      }
      Layout.lines(table, group, LatexTable::escape, LatexTable::entry, cells -> row(out, cells));
    }
    out.append("\\bottomrule\n\\end{tabular}\n\n\\footnotesize\n");
    table.protocols().forEach(text -> paragraph(out, text));
    table.notes().forEach(text -> paragraph(out, text));
    table.failures().forEach(text -> paragraph(out, "Failed: " + text));
    return out.append("\\end{table*}\n").toString();
  }

  private static String groupHeads(Table table, int texts) {
    var cells = new StringBuilder("& ".repeat(texts).stripTrailing());
    var rules = new StringBuilder();
    int from = texts + 1;
    for (Table.HeadGroup group : table.headGroups()) {
      int to = from + group.span() - 1;
      cells.append(from == texts + 1 ? " " : " & ");
      cells.append("\\multicolumn{").append(group.span()).append("}{c}{");
      cells.append(escape(group.label())).append('}');
      if (!group.label().isEmpty()) {
        rules.append("\\cmidrule(lr){").append(from).append('-').append(to).append('}');
      }
      from = to + 1;
    }
    return cells + " \\\\\n" + rules + "\n";
  }

  private static String entry(Entry entry) {
    if (!entry.hasValue()) {
      return entry.state() == Entry.State.NONE ? "--" : "\\textit{" + entry.state().word() + "}";
    }
    String value = entry.value().replace("-", "$-$");
    return (entry.best() ? "\\textbf{" + value + "}" : value)
        + (entry.deviation().isEmpty() ? "" : " $\\pm$ " + entry.deviation())
        + (entry.coverage().isEmpty() ? "" : " (" + entry.coverage() + ")")
        + (entry.doubtful() ? "$^\\dagger$" : "");
  }

  private static void row(StringBuilder out, List<String> cells) {
    out.append(String.join(" & ", cells)).append(" \\\\\n");
  }

  private static void paragraph(StringBuilder out, String text) {
    out.append("\\par ").append(escape(text)).append('\n');
  }

  private static String escape(String text) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&', '%', '$', '#', '_', '{', '}' -> out.append('\\').appendCodePoint(c);
                case '\\' -> out.append("\\textbackslash{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '<' -> out.append("\\textless{}");
                case '>' -> out.append("\\textgreater{}");
                case '"' -> out.append("\\textquotedbl{}");
                case '[' -> out.append("{[}");
                case ']' -> out.append("{]}");
                case '✓' -> out.append("$\\checkmark$");
                case '±' -> out.append("$\\pm$");
                case '†' -> out.append("$^\\dagger$");
                case '–' -> out.append("--");
                case '’' -> out.append('\'');
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }
}
