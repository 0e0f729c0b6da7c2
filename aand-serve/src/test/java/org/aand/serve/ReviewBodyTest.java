package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.api.Verdict;
import org.aand.common.image.ImageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a review of an anomalous image of 80x64 pixels. */
class ReviewBodyTest {
  private static final RecentResult RESULT =
      new RecentResult(
          "id",
          Instant.EPOCH,
          "part",
          1,
          OptionalDouble.of(0.5),
          Verdict.ANOMALOUS,
          80,
          64,
          ImageFormat.PNG,
          new byte[1],
          Shown.NOTHING);

  private static Review read(String body) {
    return Review.of(body.getBytes(StandardCharsets.UTF_8), RESULT);
  }

  @Test
  void theWholeImageCanBeTheRegion() {
    var review =
        read(
            "{\"region\":{\"x\":0,\"y\":0,\"width\":80,\"height\":64},\"mark\":\"false-alarm\","
                + "\"note\":\"\"}");
    assertEquals(
        new Review(Mark.FALSE_ALARM, Optional.of(new Review.Box(0, 0, 80, 64)), ""), review);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "no JSON",
        "{\"mark\":\"missed-defect\"}",
        "{\"mark\":\"FALSE_ALARM\"}",
        "{\"mark\":1}",
        "{\"mark\":\"correct\",\"mark\":\"false-alarm\"}",
        "{\"mark\":\"correct\"}{}",
        "{\"mark\":\"correct\",\"file\":\"/etc/passwd\"}",
        "{\"mark\":\"correct\",\"note\":7}",
        "{\"mark\":\"correct\",\"region\":null}",
        "{\"mark\":\"correct\",\"region\":{\"x\":0,\"y\":0,\"width\":81,\"height\":1}}",
        "{\"mark\":\"correct\",\"region\":{\"x\":-1,\"y\":0,\"width\":1,\"height\":1}}",
        "{\"mark\":\"correct\",\"region\":{\"x\":2147483647,\"y\":0,\"width\":2147483647,\"height\":1}}",
        "{\"mark\":\"correct\",\"region\":{\"x\":0.5,\"y\":0,\"width\":1,\"height\":1}}",
        "{\"mark\":\"correct\",\"region\":{\"x\":0,\"y\":0,\"width\":1}}"
      })
  void whatIsNoneIsRefusedInOneLine(String body) {
    var refusal = assertThrows(Refusal.class, () -> read(body));
    assertEquals(400, refusal.status());
    assertEquals(1, refusal.reason().lines().count(), refusal.reason());
  }
}
