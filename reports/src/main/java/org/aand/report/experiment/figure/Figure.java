package org.aand.report.experiment.figure;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A figure of the paper, reproduced: one data set and, but for a sweep, one category. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "figure")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Comparison.class, name = "comparison"),
  @JsonSubTypes.Type(value = Scatter.class, name = "scatter"),
  @JsonSubTypes.Type(value = Sweep.class, name = "sweep"),
  @JsonSubTypes.Type(value = IntensityCurve.class, name = "intensity")
})
public sealed interface Figure permits Comparison, Scatter, Sweep, IntensityCurve {
  /** The data set's key. */
  String dataset();
}
