package org.aand.serve.sink.opcua;

import org.aand.serve.sink.ResultRecord;

/** How many results there were since the server's start, of each kind. */
record Counters(long normal, long anomalous, long undecided, long errors) {
  static final Counters NONE = new Counters(0, 0, 0, 0);

  long total() {
    return normal + anomalous + undecided + errors;
  }

  Counters with(ResultRecord result) {
    if (result.verdict().isEmpty()) {
      return new Counters(normal, anomalous, undecided, errors + 1);
    }
    return switch (result.verdict().get()) {
      case NORMAL -> new Counters(normal + 1, anomalous, undecided, errors);
      case ANOMALOUS -> new Counters(normal, anomalous + 1, undecided, errors);
      case UNDECIDED -> new Counters(normal, anomalous, undecided + 1, errors);
    };
  }
}
