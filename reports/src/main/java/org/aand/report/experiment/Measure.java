package org.aand.report.experiment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.aand.report.Metric;

/** What a column of a table holds; what the paper has, in the unit in which it prints it. */
public enum Measure {
  /** Image AUROC in percent. */
  IMAGE_AUROC(Metric.IMAGE_AUROC, "I-AUC"),
  /** Pixel AUROC in percent. */
  PIXEL_AUROC(Metric.PIXEL_AUROC, "P-AUC"),
  /** AUPRO up to a false positive rate of 0.3, in percent. */
  AUPRO(Metric.AUPRO, "PRO"),
  /** Seconds that one image takes. */
  INFERENCE_SECONDS("inference_seconds", "Infer. time (s)", 3, Cell::inferenceSeconds),
  /** Parameters of the whole network in millions. */
  PARAMETERS("parameters_millions", "Parameters (millions)", 2, Cell::parametersMillions),
  /** Seconds of the training. */
  TRAINING_SECONDS("seconds", "Training (s)", 0, Cell::seconds),
  /** Size of the model file in 10^6 bytes. */
  MODEL_MEGABYTES("model_megabytes", "Model (MB)", 1, Cell::modelMegabytes),
  /** Milliseconds that one image takes on the Java engine. */
  LATENCY("latency_ms", "Latency (ms)", 1, Cell::latencyMilliseconds);

  private final String key;
  private final String label;
  private final int decimals;
  private final boolean moreIsBetter;

  @SuppressWarnings("ImmutableEnumChecker") // a method reference without state
  private final Function<Cell, OptionalDouble> value;

  Measure(Metric metric, String label) {
    this.key = metric.key();
    this.label = label;
    this.decimals = 1;
    this.moreIsBetter = true;
    this.value = cell -> percent(cell.metric(metric));
  }

  Measure(String key, String label, int decimals, Function<Cell, OptionalDouble> value) {
    this.key = key;
    this.label = label;
    this.decimals = decimals;
    this.moreIsBetter = false;
    this.value = value;
  }

  /** The name in the data files. */
  @JsonValue
  public String key() {
    return key;
  }

  /** The paper's name for it. */
  public String label() {
    return label;
  }

  /** How many decimals the paper prints. */
  public int decimals() {
    return decimals;
  }

  /** Whether the best is the largest. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** Whether values of different machines can be compared. */
  public boolean comparable() {
    return this != INFERENCE_SECONDS && this != TRAINING_SECONDS && this != LATENCY;
  }

  /** What a cell has of it; empty where it was not measured. */
  public OptionalDouble of(Cell cell) {
    return value.apply(cell);
  }

  private static OptionalDouble percent(OptionalDouble share) {
    return share.isEmpty() ? share : OptionalDouble.of(100 * share.getAsDouble());
  }
}
