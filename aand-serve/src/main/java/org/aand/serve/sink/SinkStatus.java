package org.aand.serve.sink;

/**
 * How a sink fares, since it was opened.
 *
 * @param name of the sink, for people
 * @param delivered results that have arrived
 * @param waiting results that wait on disk until the other side is back
 * @param refused results that the other side did not want, put aside
 * @param dropped results that were dropped because too many waited
 */
public record SinkStatus(String name, long delivered, long waiting, long refused, long dropped) {
  /** As part of a status line: only what needs attention beside the name. */
  @Override
  public String toString() {
    var text = new StringBuilder(name).append(' ').append(delivered);
    append(text, waiting, "waiting");
    append(text, refused, "refused");
    append(text, dropped, "dropped");
    return text.toString();
  }

  private static void append(StringBuilder text, long count, String what) {
    if (count > 0) {
      text.append(", ").append(count).append(' ').append(what);
    }
  }
}
