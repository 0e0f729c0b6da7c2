package org.aand.spark.experiment;

import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.aand.cli.Main;
import org.aand.common.InputException;
import org.aand.experiment.RunCluster;
import org.aand.spark.ClusterSession;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The runs of an experiment as tasks of one Spark job. A task runs the program's own command for
 * its run, so that a run is the same wherever it is done; settings travel as words, results and
 * checkpoints by the shared file system. Spark starts a task again elsewhere when its executor is
 * lost, and the command resumes by the last checkpoint.
 */
final class SparkRuns implements RunCluster {
  private final SparkConf settings;
  private final List<String> arguments;

  /**
   * @param settings of the cluster
   * @param arguments of the program, without the name of a run
   */
  SparkRuns(SparkConf settings, List<String> arguments) {
    this.settings = settings;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  public void execute(List<String> runs, Consumer<String> ended) {
    try (SparkSession session = ClusterSession.open(settings)) {
      execute(session.sparkContext(), runs, ended);
    } catch (java.io.IOException e) {
      throw new InputException("Spark could not be ended (" + e.getMessage() + ")", e);
    }
  }

  private void execute(SparkContext context, List<String> runs, Consumer<String> ended) {
    var names = JavaSparkContext.fromSparkContext(context).parallelize(runs, runs.size()).rdd();
    var partitions =
        CollectionConverters.asScala(
                new ArrayList<Object>(IntStream.range(0, runs.size()).boxed().toList()))
            .toSeq();
    ClassTag<String> text = ClassTag$.MODULE$.apply(String.class);
    try {
      context.runJob(
          names,
          new OneRun(arguments),
          partitions,
          new AbstractFunction2<Object, String, BoxedUnit>() {
            @Override
            public BoxedUnit apply(Object index, String name) {
              ended.accept(name);
              return BoxedUnit.UNIT;
            }
          },
          text);
    } catch (Exception e) {
      // Scala's checked exceptions are not declared to Java.
      if (e instanceof SparkException) {
        throw new InputException(
            "the experiment stopped: "
                + ClusterSession.reason(e)
                + "; what is complete is kept, start again to resume",
            e);
      }
      throw e;
    }
  }

  /** A task: one run, by the program. */
  private static final class OneRun extends AbstractFunction2<TaskContext, Iterator<String>, String>
      implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ArrayList<String> arguments;

    OneRun(List<String> arguments) {
      this.arguments = new ArrayList<>(arguments);
    }

    @Override
    public String apply(TaskContext task, Iterator<String> names) {
      var name = names.next();
      var words = new ArrayList<>(arguments);
      words.addAll(List.of("--on", "here", "--only", name));
      var err = new StringWriter();
      int code =
          Main.run(
              new PrintWriter(System.out, true, StandardCharsets.UTF_8),
              new PrintWriter(err, true),
              words.toArray(String[]::new));
      if (code != 0) {
        throw new IllegalStateException(name + ": " + err.toString().strip());
      }
      return name;
    }
  }
}
