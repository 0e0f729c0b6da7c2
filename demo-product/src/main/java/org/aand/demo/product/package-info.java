/**
 * A data set to try everything on without downloading one: photographs of a machined gear wheel on
 * a conveyor belt, drawn from a seed, with defects and their exact masks.
 */
@NullMarked
package org.aand.demo.product;

import org.jspecify.annotations.NullMarked;
