/**
 * A trained model in use, in plain Java: from a model file to anomaly maps and scores. Start with
 * {@link org.aand.runtime.RuntimeModel}.
 */
@NullMarked
package org.aand.runtime;

import org.jspecify.annotations.NullMarked;
