package org.aand.experiment;

import java.nio.file.Path;
import java.util.Optional;
import org.aand.api.Engine;

/**
 * Where the times of Table VIII come from.
 *
 * @param file JMH's JSON
 * @param engine whose times are taken; else plain Java's if the file has them, or SameDiff's
 */
public record JmhSource(Path file, Optional<Engine> engine) {}
