package org.aand.spark.experiment;

import java.util.List;
import java.util.Optional;
import org.aand.experiment.RunCluster;
import org.aand.spark.ClusterSession;

/** Apache Spark as a place for the runs of an experiment. */
public final class SparkKind implements RunCluster.Kind {
  /** Its name on the command line. */
  static final String KEY = "spark";

  @Override
  public String key() {
    return KEY;
  }

  @Override
  public RunCluster of(Optional<String> address, List<String> arguments) {
    var settings = ClusterSession.settings("aand experiment", address);
    return new SparkRuns(WholeExecutors.in(settings), arguments);
  }
}
