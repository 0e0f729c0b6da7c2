/**
 * One run: from data and settings to a folder with model, metrics and report. Builds on everything
 * but the command line.
 */
@NullMarked
package org.aand.pipeline;

import org.jspecify.annotations.NullMarked;
