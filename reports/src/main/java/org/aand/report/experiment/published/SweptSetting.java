package org.aand.report.experiment.published;

/**
 * A setting whose values are swept (Fig. 7). The paper draws curves and prints no values.
 *
 * @param experiment the experiment's key
 * @param title what is swept
 * @param axis the label of the axis
 * @param paperBest the value that the paper finds best and uses
 * @param source where the paper says so
 */
public record SweptSetting(
    String experiment, String title, String axis, double paperBest, String source) {}
