package org.aand.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.aand.common.concurrent.Prefetcher;
import org.aand.common.random.RandomStreams;
import org.aand.train.TrainingListener.Stage;

/**
 * The loop that both stages share: epochs in shuffled batches, prepared ahead on loader threads,
 * with the schedule's learning rate and the mean of every loss over the images.
 *
 * @param <B> a prepared batch
 */
abstract class StageTrainer<B extends AutoCloseable> implements AutoCloseable {
  private static final int AHEAD = 2;

  /** The epoch that held-out batches are prepared for; no training has it. */
  private static final int HELD_OUT = -1;

  private final Stage stage;
  private final int images;
  private final int epochs;
  private final TrainingSettings settings;
  private final RandomStreams streams;

  StageTrainer(Stage stage, int images, int epochs, TrainingSettings settings) {
    this.stage = stage;
    this.images = images;
    this.epochs = epochs;
    this.settings = settings;
    this.streams = new RandomStreams(settings.seed());
  }

  /** Prepares a batch; called from loader threads. */
  abstract B load(int epoch, int batch, int[] members);

  /** Learns from a batch; its losses in the order to show them. */
  abstract Map<String, Double> step(B batch, Optimiser optimiser, double learningRate);

  /** A fresh optimiser; closed by the caller. */
  Optimiser optimiser() {
    return new Adam(settings.adam());
  }

  /** The loss by which held-out images are judged, of the model as it is now. */
  abstract BatchLoss<B> loss();

  /**
   * Evaluates what has been trained; called before the first and after every epoch.
   *
   * @param epochsDone epochs trained so far
   */
  Optional<ResidualIntensity> observe(int epochsDone) {
    return Optional.empty();
  }

  @Override
  public abstract void close();

  /** The run's random streams. */
  final RandomStreams streams() {
    return streams;
  }

  /**
   * Trains from where the training stands to the stage's end.
   *
   * @param judge evaluates the model after every epoch
   * @throws DivergenceException if a loss is no finite number
   */
  final void train(Progress progress, EpochEvaluator judge, TrainingListener listener) {
    int steps = Batches.count(images, settings.batchSize());
    listener.onStageStart(stage, epochs * steps);
    var at = progress.at();
    try (var optimiser = optimiser()) {
      progress.restore(optimiser);
      if (at.begun()) {
        listener.onResume(stage, at.epoch() + 1, at.epoch() * steps + at.step());
      } else {
        progress.observed(observed(0, listener));
      }
      while (!progress.ended(epochs)) {
        epoch(progress, optimiser, judge, listener);
      }
    }
    listener.onStageEnd(stage);
  }

  /** The mean loss over all images, taken as held out: no epoch of training has their batches. */
  final double heldOutLoss() {
    double mean = 0;
    var order = Batches.inOrder(images, settings.batchSize());
    try (var loss = loss()) {
      for (int b = 0; b < order.count(); b++) {
        int[] members = order.get(b);
        mean += with(load(HELD_OUT, b, members), loss::of) * members.length / images;
      }
    }
    return mean;
  }

  private Optional<ResidualIntensity> observed(int epochsDone, TrainingListener listener) {
    var residuals =
        settings.observesResiduals() ? observe(epochsDone) : Optional.<ResidualIntensity>empty();
    residuals.ifPresent(listener::onResiduals);
    return residuals;
  }

  private void epoch(
      Progress progress, Optimiser optimiser, EpochEvaluator judge, TrainingListener listener) {
    long start = System.nanoTime();
    var at = progress.at();
    int epoch = at.epoch();
    int first = at.step();
    double rate = settings.schedule().rate(epoch, epochs);
    var order =
        Batches.shuffled(images, settings.batchSize(), streams.stream("shuffle " + stage, epoch));
    var means = new LinkedHashMap<>(at.losses());
    try (var batches =
        Prefetcher.of(
            order.count() - first,
            b -> load(epoch, first + b, order.get(first + b)),
            settings.loaderThreads(),
            AHEAD)) {
      for (int b = first; batches.hasNext(); b++) {
        double share = order.get(b).length / (double) images;
        var losses = with(batches.next(), batch -> step(batch, optimiser, rate));
        losses.forEach(
            (name, loss) -> means.merge(name, share * finite(name, loss, epoch), Double::sum));
        listener.onStep(stage);
        if (b + 1 < order.count() && progress.due()) {
          progress.reached(at.within(b + 1, means, at.seconds() + since(start)), optimiser);
        }
      }
    }
    var finished =
        new TrainingListener.Epoch(
            stage, epoch + 1, epochs, rate, means, at.seconds() + since(start), order.count());
    listener.onEpochEnd(finished);
    var after = at.after(finished, judge.judge(epoch), judge.patience());
    progress.reached(after.with(observed(epoch + 1, listener)), optimiser);
  }

  private double finite(String name, double loss, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new DivergenceException(epoch + 1, epochs, name, loss);
    }
    return loss;
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static <B extends AutoCloseable, R> R with(B prepared, Function<B, R> use) {
    try (prepared) {
      return use.apply(prepared);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a batch could not be released", e);
    }
  }
}
