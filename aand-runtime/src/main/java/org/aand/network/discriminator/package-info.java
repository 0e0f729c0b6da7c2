/**
 * A discriminator of normal features and the same with noise, after SimpleNet: an alternative to
 * amplification in the paper's Table VI. Start with {@link
 * org.aand.network.discriminator.Discriminator}. Reads the teacher's features; knows no student and
 * no training.
 */
@NullMarked
package org.aand.network.discriminator;

import org.jspecify.annotations.NullMarked;
