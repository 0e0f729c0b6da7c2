package org.aand.experiment;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Processes, on this machine or others, that do the runs of an experiment. */
public interface RunCluster {
  /**
   * Does every run once; what a lost process has begun is done again by another, which resumes it.
   *
   * @param runs their names
   * @param ended is told the name of each run that ended, complete or given up, in this process
   * @throws org.aand.common.InputException if the cluster cannot be used, or loses a run too often
   */
  void execute(List<String> runs, Consumer<String> ended);

  /** A kind of cluster. A library that brings one registers it as a service. */
  interface Kind {
    /** Its name on the command line. */
    String key();

    /**
     * A cluster whose processes do a run by the command {@code experiment}.
     *
     * @param address of the cluster; where empty, what the program that started this process said
     * @param arguments of the program; with {@code --only NAME} behind them they do one run
     * @throws org.aand.common.InputException if the address is of another kind
     */
    RunCluster of(Optional<String> address, List<String> arguments);
  }

  /** The kind of a name; empty if this program does not have it. */
  static Optional<Kind> named(String key) {
    return ServiceLoader.load(Kind.class, Kind.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(kind -> kind.key().equals(key))
        .findFirst();
  }
}
