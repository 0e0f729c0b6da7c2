package org.aand.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;

/**
 * The program that writes to an output, as a claim names it.
 *
 * @param id tells holders apart
 * @param host name of its machine
 * @param process its number there
 * @param since when it took the claim, in UTC
 */
record ClaimHolder(String id, String host, long process, Instant since) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String UNREADABLE = "a process whose claim cannot be read";

  /** This process, as another holder each time. */
  static ClaimHolder here() {
    return new ClaimHolder(
        UUID.randomUUID().toString(),
        hostName(),
        ProcessHandle.current().pid(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException e) {
      return "a host without a name";
    }
  }

  /** What its claim holds after so many renewals. */
  String content(long renewals) {
    return JSON.createObjectNode()
        .put("id", id)
        .put("host", host)
        .put("process", process)
        .put("since", since.toString())
        .put("renewals", renewals)
        .toString();
  }

  /** The holder in words, from what is in a claim, which may be incomplete. */
  static String described(String content) {
    try {
      var node = JSON.readTree(content);
      if (node.has("process") && node.has("host") && node.has("since")) {
        return String.format(
            Locale.ROOT,
            "process %s on %s, since %s",
            node.get("process").asText(),
            node.get("host").asText(),
            node.get("since").asText());
      }
      return UNREADABLE;
    } catch (JsonProcessingException e) {
      return UNREADABLE;
    }
  }
}
