package org.aand.serve.sink;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.api.DetectionRow;

/** Results for tests. */
final class Results {
  /** Names that files can have and that rows have to survive. */
  static final List<String> NAMES =
      List.of(
          "a.png", "tag/ä ö.png", "x,y.png", "say \"no\".png", "two\nlines.png", "\r\n\"\n.png");

  private Results() {}

  static ResultRecord normal(int number, String file) {
    var row =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", file)
            .put("score", 0.25f)
            .put("verdict", "normal");
    return ResultRecord.of("id" + number, Instant.EPOCH.plusSeconds(number), "bottle, new", row);
  }

  static ResultRecord unusable(int number, String file) {
    return ResultRecord.of(
        "id" + number, Instant.EPOCH, "bottle", DetectionRow.failed(file, "it is \"cut\" off\n"));
  }

  /** So many results, with all names. */
  static List<ResultRecord> some(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              var name = NAMES.get(i % NAMES.size());
              return i % 4 == 3 ? unusable(i, name) : normal(i, name);
            })
        .toList();
  }
}
