/**
 * A memory bank of normal patch features, after PatchCore, and the patch features themselves, which
 * SimpleNet's discriminator reads too. Start with {@link org.aand.network.patchcore.PatchCore}.
 * Reads the teacher's features; knows no student and no training.
 */
@NullMarked
package org.aand.network.patchcore;

import org.jspecify.annotations.NullMarked;
