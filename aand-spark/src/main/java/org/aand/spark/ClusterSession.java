package org.aand.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.common.file.IoReason;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Connects a program to the cluster that its user means, or says in time that it cannot. */
public final class ClusterSession {
  private static final String MASTER = "spark.master";
  private static final String STANDALONE = "spark://";
  private static final int PATIENCE_MILLIS = 5000;

  private ClusterSession() {}

  /**
   * What spark-submit and the user say.
   *
   * @param name of the program, for the cluster's pages
   * @param master the user's own; spark-submit's where empty
   * @throws InputException if there is no master, or a standalone master does not answer within
   *     seconds
   */
  public static SparkConf settings(String name, Optional<String> master) {
    var settings = new SparkConf().setAppName(name);
    master.ifPresent(settings::setMaster);
    if (!settings.contains(MASTER)) {
      throw new InputException(
          "no master is named; start by spark-submit, or give --master, such as local[*] or"
              + " spark://HOST:7077");
    }
    requireReachable(settings.get(MASTER));
    return settings;
  }

  /** Opens a session; to be closed by the caller. */
  public static SparkSession open(SparkConf settings) {
    return SparkSession.builder().config(settings).getOrCreate();
  }

  /** Spark itself would try for a minute and end in a stack trace. */
  private static void requireReachable(String master) {
    if (!master.startsWith(STANDALONE)) {
      return;
    }
    var reasons = new ArrayList<String>();
    for (var address : master.substring(STANDALONE.length()).split(",", -1)) {
      var reason = unreachable(address, master);
      if (reason.isEmpty()) {
        return;
      }
      reasons.add(reason.get());
    }
    throw new InputException(
        "the master "
            + master
            + " cannot be reached ("
            + String.join("; ", reasons)
            + "); check the address, and that it runs");
  }

  private static Optional<String> unreachable(String address, String master) {
    int colon = address.lastIndexOf(':');
    try (var socket = new Socket()) {
      var place =
          new InetSocketAddress(
              address.substring(0, Math.max(0, colon)),
              Integer.parseInt(address.substring(colon + 1)));
      if (place.isUnresolved()) {
        return Optional.of("no such host");
      }
      socket.connect(place, PATIENCE_MILLIS);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the master " + master + " is no address; write spark://HOST:PORT", e);
    } catch (IOException e) {
      return Optional.of(IoReason.of(e));
    }
  }

  /** Why a job failed, in one line: what was thrown first. */
  public static String reason(Throwable failure) {
    var chain = new ArrayList<>(List.of(failure));
    for (var cause = failure.getCause();
        cause != null && !chain.contains(cause);
        cause = cause.getCause()) {
      chain.add(cause);
    }
    var first = chain.get(chain.size() - 1);
    return String.valueOf(first.getMessage()).lines().findFirst().orElse(first.toString());
  }
}
