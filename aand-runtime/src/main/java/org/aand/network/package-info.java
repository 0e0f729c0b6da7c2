/**
 * Networks as data: what parts they have, which parameters these take, and how they are put
 * together.
 *
 * <p>Start with {@link org.aand.network.Net}. A part is described here once and built from its
 * description in every form: training graph, graph in use, parameter table, the runtime's plan.
 * Knows no library that computes.
 */
@NullMarked
package org.aand.network;

import org.jspecify.annotations.NullMarked;
