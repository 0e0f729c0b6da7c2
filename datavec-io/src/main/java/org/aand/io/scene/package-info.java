/**
 * Generated images of many kinds, to train a small teacher on. Start with {@link
 * org.aand.io.scene.Scenes}. Builds on the generated textures; knows no network.
 */
@NullMarked
package org.aand.io.scene;

import org.jspecify.annotations.NullMarked;
