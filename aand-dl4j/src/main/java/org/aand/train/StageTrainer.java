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

  /**
   * Looks at what has been trained; called before the first and after every epoch.
   *
   * @param epochsDone epochs trained so far
   */
  void observe(int epochsDone, TrainingListener listener) {}

  /** The run's random streams. */
  final RandomStreams streams() {
    return streams;
  }

  /** Trains all epochs. */
  final void train(TrainingListener listener) {
    listener.started(stage, epochs * Batches.count(images, settings.batchSize()));
    try (var adam = new Adam(settings.adam())) {
      observe(0, listener);
      for (int epoch = 0; epoch < epochs; epoch++) {
        listener.finished(train(epoch, adam, listener));
        observe(epoch + 1, listener);
      }
    }
    listener.ended(stage);
  }

  private TrainingListener.Epoch train(int epoch, Adam adam, TrainingListener listener) {
    long start = System.nanoTime();
    double rate = settings.schedule().rate(epoch, epochs);
    var order =
        Batches.shuffled(images, settings.batchSize(), streams.stream("shuffle " + stage, epoch));
    var means = new LinkedHashMap<String, Double>();
    try (var batches =
        PrefetchingBatches.of(
            order.count(), b -> load(epoch, b, order.get(b)), settings.loaderThreads(), AHEAD)) {
      for (int b = 0; batches.hasNext(); b++) {
        double share = order.get(b).length / (double) images;
        learn(batches.next(), adam, rate)
            .forEach((name, loss) -> means.merge(name, share * loss, Double::sum));
        listener.stepped(stage);
      }
    }
    return new TrainingListener.Epoch(
        stage, epoch + 1, epochs, rate, means, (System.nanoTime() - start) / 1e9, order.count());
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
