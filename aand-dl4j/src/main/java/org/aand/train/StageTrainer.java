package org.aand.train;

import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.io.random.RandomStreams;
import org.aand.io.reader.PrefetchingBatches;
import org.aand.train.TrainingListener.Stage;

/**
 * The loop that both stages share: epochs in shuffled batches, prepared ahead on loader threads,
 * with the schedule's learning rate and the mean of every loss over the images.
 *
 * @param <B> a prepared batch
 */
abstract class StageTrainer<B extends AutoCloseable> {
  private static final int AHEAD = 2;

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
  abstract Map<String, Double> step(B batch, Adam adam, double learningRate);

  /** The run's random streams. */
  final RandomStreams streams() {
    return streams;
  }

  /**
   * Trains from where the training stands to the stage's end.
   *
   * @param adam its optimiser
   * @param judge looks at the model after every epoch
   */
  final void train(Progress progress, Adam adam, EpochJudge judge, TrainingListener listener) {
    int steps = Batches.count(images, settings.batchSize());
    listener.started(stage, epochs * steps);
    var at = progress.at();
    if (at.begun()) {
      listener.resumed(stage, at.epoch() + 1, at.epoch() * steps + at.step());
    }
    while (!progress.ended(epochs)) {
      epoch(progress, adam, judge, listener);
    }
    listener.ended(stage);
  }

  private void epoch(Progress progress, Adam adam, EpochJudge judge, TrainingListener listener) {
    long start = System.nanoTime();
    var at = progress.at();
    int epoch = at.epoch();
    int first = at.step();
    double rate = settings.schedule().rate(epoch, epochs);
    var order =
        Batches.shuffled(images, settings.batchSize(), streams.stream("shuffle " + stage, epoch));
    var means = new LinkedHashMap<>(at.losses());
    try (var batches =
        PrefetchingBatches.of(
            order.count() - first,
            b -> load(epoch, first + b, order.get(first + b)),
            settings.loaderThreads(),
            AHEAD)) {
      for (int b = first; batches.hasNext(); b++) {
        double share = order.get(b).length / (double) images;
        learn(batches.next(), adam, rate)
            .forEach((name, loss) -> means.merge(name, share * loss, Double::sum));
        listener.stepped(stage);
        if (b + 1 < order.count() && progress.due()) {
          progress.reached(at.within(b + 1, means, at.seconds() + since(start)), adam);
        }
      }
    }
    var finished =
        new TrainingListener.Epoch(
            stage,
            epoch + 1,
            epochs,
            rate,
            means,
            at.seconds() + since(start),
            order.count());
    listener.finished(finished);
    progress.reached(at.after(finished, judge.judge(epoch)), adam);
  }

  private static double since(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private Map<String, Double> learn(B prepared, Adam adam, double rate) {
    try (prepared) {
      return step(prepared, adam, rate);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("a batch could not be released", e);
    }
  }
}
