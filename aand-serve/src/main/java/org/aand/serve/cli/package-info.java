/**
 * The commands that need a trained model alone, and how a program of commands is run. Start with
 * {@link org.aand.serve.cli.Main}, or {@link org.aand.serve.cli.CommandProgram} for a larger one.
 */
@NullMarked
package org.aand.serve.cli;

import org.jspecify.annotations.NullMarked;
