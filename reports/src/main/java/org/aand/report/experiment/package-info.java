/**
 * The paper's experiments: the cells that were measured, the values that were published, and the
 * tables and figures made of both.
 *
 * <p>Start at {@link org.aand.report.experiment.Cell}, which a runner fills in. Knows neither
 * network nor array library.
 *
 * <p>The keys of the paper's experiments and of the rows that can be measured:
 *
 * <ul>
 *   <li>{@code teacher} (Table I): {@code random}, {@code rd}, {@code raa}
 *   <li>{@code main} (Tables II, III, IV): {@code rd}, {@code rd++}, {@code aand}
 *   <li>{@code methods} (Tables II, III, IV beside the published rows): {@code padim}, {@code
 *       patchcore}, {@code st}, {@code rd++}, {@code simplenet-released}
 *   <li>{@code components} (Table V): {@code rd} (base), {@code mrg} (a), {@code arg} (b), {@code
 *       raa} (c), {@code hkd} (d), {@code aand} (e)
 *   <li>{@code alternatives} (Table VI): {@code contrastive}, {@code simplenet-released}, {@code
 *       mrg}, {@code aand}
 *   <li>{@code residuals} (Table VII): {@code learnable}, {@code sigmoid}, {@code tanh}
 *   <li>{@code complexity} (Table VIII): {@code rd}, {@code rd++}, {@code aand}
 *   <li>{@code memory-size}, {@code top-k} (Fig. 7): the swept value, such as {@code 50}
 * </ul>
 *
 * <p>The keys of the paper's data sets are {@code mvtec}, {@code visa} and {@code mvtec3d}; other
 * data sets may be measured as well. Other experiments and rows may be added; they have no
 * published values.
 */
@NullMarked
package org.aand.report.experiment;

import org.jspecify.annotations.NullMarked;
