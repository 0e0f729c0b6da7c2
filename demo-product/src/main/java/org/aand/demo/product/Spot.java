package org.aand.demo.product;

/**
 * A circle that something lies in, see {@link Pose}.
 *
 * @param u its middle
 * @param v its middle
 * @param reach its radius
 */
record Spot(double u, double v, double reach) {}
