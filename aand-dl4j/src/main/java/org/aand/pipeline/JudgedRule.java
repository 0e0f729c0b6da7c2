package org.aand.pipeline;

/**
 * How well a rule of map and image score tells synthetic anomalies.
 *
 * @param label the rule for people
 * @param merit image AUROC plus AUPRO at 0.3, in [0, 2]
 * @param kept whether the model has this rule
 */
public record JudgedRule(String label, double merit, boolean kept) {}
