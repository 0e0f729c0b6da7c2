package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table as Markdown (the pipe tables that GitHub and Pandoc read). */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** The table under a heading, with its sources, notes and failures. */
  public static String of(Table table) {
    var out = new StringBuilder();
    out.append("### ").append(escape(table.label() + ": " + table.title())).append("\n\n");
    table.protocols().forEach(line -> out.append("- ").append(escape(line)).append('\n'));
    out.append('\n');
    List<String> heads = Layout.textHeads(table);
    int texts = heads.size();
    table.heads().forEach(head -> heads.add(head.line()));
    row(out, heads.stream().map(MarkdownTable::escape).toList());
    var rules = new ArrayList<String>(Collections.nCopies(texts, "---"));
    rules.addAll(Collections.nCopies(heads.size() - texts, "---:"));
    row(out, rules);
    for (Table.Group group : table.groups()) {
      Layout.lines(
          table, group, MarkdownTable::escape, MarkdownTable::entry, cells -> row(out, cells));
    }
    paragraphs(out, "", table.notes());
    paragraphs(out, "Failed: ", table.failures());
    return out.toString();
  }

  private static String entry(Entry entry) {
    if (!entry.hasValue()) {
      return entry.state().word();
    }
    String value = entry.value().replace('-', '−');
    return (entry.best() ? "**" + value + "**" : value)
        + (entry.deviation().isEmpty() ? "" : " ± " + entry.deviation())
        + (entry.coverage().isEmpty() ? "" : " (" + entry.coverage() + ")")
        + (entry.doubtful() ? " †" : "");
  }

  private static void row(StringBuilder out, List<String> cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static void paragraphs(StringBuilder out, String before, List<String> texts) {
    if (!texts.isEmpty()) {
      out.append('\n');
      texts.forEach(text -> out.append("- ").append(escape(before + text)).append('\n'));
    }
  }

  private static String escape(String text) {
    return text.replaceAll("([\\\\`*_<>|\\[\\]])", "\\\\$1");
  }
}
