package org.aand.report.experiment.table;

import java.util.ArrayList;
import java.util.List;

/**
 * A table, ready to print.
 *
 * @param name the name of its files, without the ending
 * @param label what it is, such as "Table V"
 * @param title what it compares
 * @param protocols how the checkpoints behind its values were chosen, a sentence for each source of
 *     values
 * @param textHeads the heads of the columns that hold text
 * @param heads the heads of the columns that hold values
 * @param groups its rows, those of one method together
 * @param notes what stands below it
 * @param failures the cells that were given up, with their reasons
 */
public record Table(
    String name,
    String label,
    String title,
    List<String> protocols,
    List<String> textHeads,
    List<Head> heads,
    List<Group> groups,
    List<String> notes,
    List<String> failures) {

  /**
   * The head of a column of values.
   *
   * @param group the head above it, shared by neighbours; empty if there is none
   * @param label its own
   */
  public record Head(String group, String label) {
    /** Both in one line. */
    public String line() {
      return group.isEmpty() ? label : group + " " + label;
    }
  }

  /**
   * A head above heads.
   *
   * @param label it; empty if there is none
   * @param span the number of heads below it
   */
  public record HeadGroup(String label, int span) {}

  /**
   * The lines of one method.
   *
   * @param text what stands in the columns of text
   * @param lines at least one line of values
   * @param opens whether a rule separates it from the group above
   */
  public record Group(List<String> text, List<Line> lines, boolean opens) {
    /** Copies the lists. */
    public Group {
      text = List.copyOf(text);
      lines = List.copyOf(lines);
    }
  }

  /**
   * A line of values.
   *
   * @param kind where its values come from
   * @param label that in words; empty in a table whose values are all of one kind
   * @param entries a value for each head
   */
  public record Line(Kind kind, String label, List<Entry> entries) {
    /** Copies the list. */
    public Line {
      entries = List.copyOf(entries);
    }
  }

  /** Where the values of a line come from. */
  public enum Kind {
    /** The paper. */
    PUBLISHED,
    /** This project. */
    MEASURED,
    /** Measured minus published. */
    DIFFERENCE
  }

  /** Copies the lists. */
  public Table {
    protocols = List.copyOf(protocols);
    textHeads = List.copyOf(textHeads);
    heads = List.copyOf(heads);
    groups = List.copyOf(groups);
    notes = List.copyOf(notes);
    failures = List.copyOf(failures);
  }

  Table withName(String newName) {
    return new Table(newName, label, title, protocols, textHeads, heads, groups, notes, failures);
  }

  /** The same with more notes below it. */
  public Table withNotes(List<String> more) {
    var all = new java.util.ArrayList<>(notes);
    all.addAll(more);
    return new Table(name, label, title, protocols, textHeads, heads, groups, all, failures);
  }

  /** Whether its lines say where their values come from. */
  public boolean hasKinds() {
    return groups.stream()
        .flatMap(group -> group.lines().stream())
        .anyMatch(l -> !l.label().isEmpty());
  }

  /** Whether it has heads above its heads. */
  public boolean hasHeadGroups() {
    return heads.stream().anyMatch(head -> !head.group().isEmpty());
  }

  /** The heads above the heads, from left to right, empty ones included. */
  public List<HeadGroup> headGroups() {
    var groups = new ArrayList<HeadGroup>();
    for (Head head : heads) {
      int last = groups.size() - 1;
      if (last >= 0 && groups.get(last).label().equals(head.group())) {
        groups.set(last, new HeadGroup(head.group(), groups.get(last).span() + 1));
      } else {
        groups.add(new HeadGroup(head.group(), 1));
      }
    }
    return groups;
  }
}
