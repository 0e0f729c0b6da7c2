/** The whole method without any file from outside. */
@NullMarked
package org.aand.demo;

import org.jspecify.annotations.NullMarked;
