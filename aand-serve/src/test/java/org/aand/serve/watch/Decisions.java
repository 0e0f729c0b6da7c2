package org.aand.serve.watch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import org.aand.api.Verdict;
import org.aand.serve.sink.ResultRecord;

/** Results of files for tests. */
final class Decisions {
  private Decisions() {}

  static FileStamp stamp(String name, long size) {
    return new FileStamp(name, size, Instant.EPOCH);
  }

  static Decided of(String name, long size, Verdict verdict) {
    return of(stamp(name, size), verdict);
  }

  static Decided of(FileStamp stamp, Verdict verdict) {
    var row =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", stamp.name())
            .put("score", 1f)
            .put("verdict", verdict.key());
    var id = stamp.name() + stamp.size();
    return new Decided(stamp, ResultRecord.of(id, Instant.EPOCH, "bottle", row));
  }
}
