/**
 * The ten colour and shape changes that a texture undergoes before it is pasted as an anomaly, and
 * how they are drawn. Works on 8-bit images in memory alone; bit for bit what OpenCV and Pillow
 * compute where the package says so.
 */
@NullMarked
package org.aand.io.synthesis.augment;

import org.jspecify.annotations.NullMarked;
