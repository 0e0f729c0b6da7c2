package org.aand.report.experiment.table;

/**
 * One value of a table, ready to print.
 *
 * @param state whether there is a value
 * @param value the value as text, empty without one; a negative one has a hyphen
 * @param deviation its deviation over seeds as text, empty when there are fewer than two
 * @param coverage which part of the categories it covers, such as "3/15"; empty for all
 * @param best whether it is the best of its column
 * @param doubtful whether a note below the table doubts it
 */
public record Entry(
    State state, String value, String deviation, String coverage, boolean best, boolean doubtful) {

  /** Whether there is a value. */
  public enum State {
    /** There is. */
    VALUE(""),
    /** The paper prints none, or there is nothing to compare. */
    NONE("–"),
    /** Not measured yet. */
    MISSING("missing"),
    /** Tried, and given up for the reason below the table. */
    FAILED("failed");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** What is printed instead of a value. */
    public String word() {
      return word;
    }
  }

  static Entry of(State state) {
    return new Entry(state, "", "", "", false, false);
  }

  static Entry value(String value) {
    return new Entry(State.VALUE, value, "", "", false, false);
  }

  Entry bestIf(boolean isBest) {
    return new Entry(state, value, deviation, coverage, isBest, doubtful);
  }

  Entry doubtfulIf(boolean isDoubtful) {
    return new Entry(state, value, deviation, coverage, best, isDoubtful);
  }

  /** Whether there is a value. */
  public boolean hasValue() {
    return state == State.VALUE;
  }
}
