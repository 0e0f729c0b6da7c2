package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.aand.api.AnomalyDetector;
import org.aand.api.Detection;
import org.aand.common.InputException;
import org.aand.drift.DriftMonitor;
import org.aand.drift.DriftReport;
import org.aand.model.ModelFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model of a service, by its name. When its file changes, it is loaded again beside the one in
 * use, which answers the requests that began with it and is then closed. A file that cannot be used
 * leaves the model as it is.
 *
 * <p>Safe to use from many threads.
 */
public final class ServedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

  /**
   * Names that need no escaping in an address, and lead nowhere else; as names of folders they work
   * on every system, also where devices have some.
   */
  private static final Pattern NAME =
      Pattern.compile(
          "(?!(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[.]|$))"
              + "[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9_-])?");

  private final String name;
  private final Optional<Source> source;
  private Loaded loaded;
  private Stamp stamp = Stamp.NONE;
  private Stamp seen = Stamp.NONE;
  private int reloads;
  private boolean closed;
  private Optional<String> problem = Optional.empty();

  private ServedModel(String name, Optional<Source> source, Loaded loaded) {
    this.name = name;
    this.source = source;
    this.loaded = loaded;
  }

  private static void requireUsable(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new InputException(
          "'"
              + name
              + "' cannot be the name of a model; take letters, digits, dots, hyphens and"
              + " underscores, 64 at most, no dot at the end, and not what a device is called, as"
              + " con; such as --model bottle=runs/bottle");
    }
  }

  /** Where a model is loaded from, and how. */
  private record Source(
      Path file, Function<Path, AnomalyDetector> opener, DriftMonitor.Settings drift) {
    Loaded load() {
      var detector = opener.apply(file);
      try {
        return new Loaded(detector, detector.driftMonitor(drift));
      } catch (RuntimeException | Error e) {
        detector.close();
        throw e;
      }
    }
  }

  /**
   * A model that somebody else has opened and will close; it is not loaded again.
   *
   * @param name as of {@link #load}
   * @param detector has to stay open as long as the service
   * @throws InputException if the name cannot be used
   */
  public static ServedModel of(String name, AnomalyDetector detector) {
    requireUsable(name);
    return new ServedModel(
        name,
        Optional.empty(),
        new Loaded(detector, detector.driftMonitor(new DriftMonitor.Settings())));
  }

  /**
   * Loads a model, and again whenever its file changes.
   *
   * @param name in addresses and metrics: letters, digits, dot, hyphen and underscore, 64 at most
   * @param model a model file, or the run folder that it is in
   * @param opener loads it, now and again when it has changed
   * @param drift how its images are watched
   * @throws InputException if the name or the model cannot be used
   */
  public static ServedModel load(
      String name,
      Path model,
      Function<Path, AnomalyDetector> opener,
      DriftMonitor.Settings drift) {
    requireUsable(name);
    var file = ModelFile.locate(model);
    var source = new Source(file, opener, drift);
    var stamp = Stamp.of(file);
    var served = new ServedModel(name, Optional.of(source), source.load());
    served.stamp = stamp;
    served.seen = stamp;
    return served;
  }

  /** What tells a changed file. */
  private record Stamp(long size, long modified, String key) {
    static final Stamp NONE = new Stamp(-1, -1, "");

    static Stamp of(Path file) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(
            attributes.size(),
            attributes.lastModifiedTime().toMillis(),
            String.valueOf(attributes.fileKey()));
      } catch (IOException e) {
        return NONE;
      }
    }
  }

  /** A detector and how many requests use it; closed when it is replaced and nobody does. */
  private static final class Loaded {
    private final AnomalyDetector detector;
    private final Optional<DriftMonitor> drift;
    private int users;
    private boolean retired;

    Loaded(AnomalyDetector detector, Optional<DriftMonitor> drift) {
      this.detector = detector;
      this.drift = drift;
    }

    synchronized boolean enter() {
      users += retired ? 0 : 1;
      return !retired;
    }

    void leave() {
      end(-1, false);
    }

    void retire() {
      end(0, true);
    }

    private void end(int change, boolean retire) {
      boolean last;
      synchronized (this) {
        users += change;
        retired |= retire;
        last = retired && users == 0;
      }
      if (last) {
        detector.close();
      }
    }
  }

  /** The name. */
  public String name() {
    return name;
  }

  /**
   * Uses the detector that is loaded; it stays open until the use has ended.
   *
   * @return what the use gives
   * @throws IllegalStateException if the model is closed
   */
  <R> R use(Function<AnomalyDetector, R> use) {
    var current = enter();
    try {
      return use.apply(current.detector);
    } finally {
      current.leave();
    }
  }

  /** Detects in an image, which is watched for drift too. */
  Detection detect(Function<AnomalyDetector, Detection> detection) {
    var current = enter();
    try {
      var found = detection.apply(current.detector);
      current.drift.ifPresent(monitor -> monitor.add(found.score(), found.traits()));
      return found;
    } finally {
      current.leave();
    }
  }

  private Loaded enter() {
    while (true) {
      Loaded current;
      synchronized (this) {
        if (closed) {
          throw new IllegalStateException("the model " + name + " is closed");
        }
        current = loaded;
      }
      if (current.enter()) {
        return current;
      }
    }
  }

  /** What the last images show; empty for a model that does not know its normal images' traits. */
  Optional<DriftReport> drift() {
    synchronized (this) {
      return loaded.drift.map(DriftMonitor::report);
    }
  }

  /**
   * Loads the model again if its file has changed and has been the same twice in a row, so that one
   * that is being copied is left alone until it is complete.
   */
  void reloadIfChanged() {
    source.ifPresent(this::reloadIfChanged);
  }

  private void reloadIfChanged(Source from) {
    var now = Stamp.of(from.file());
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(stamp)) {
      return;
    }
    stamp = now;
    try {
      if (replace(from.load())) {
        LOG.info("model {} was loaded again from {}", name, from.file());
      }
    } catch (InputException e) {
      failed(String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      failed("the memory did not suffice to load " + from.file() + "; allow more (java -Xmx)");
    } catch (RuntimeException | Error e) {
      // Whoever looks for changes would otherwise stop looking, and say nothing.
      failed("cannot load " + from.file() + ": " + e);
      LOG.debug("the model could not be loaded", e);
    }
  }

  private void failed(String reason) {
    synchronized (this) {
      problem = Optional.of(reason);
    }
    LOG.warn("model {} stays as it was: {}", name, reason);
  }

  /** Whether it took the place; what was still loading when the model was closed does not. */
  private boolean replace(Loaded next) {
    Loaded unused;
    boolean replaced;
    synchronized (this) {
      replaced = !closed;
      unused = replaced ? loaded : next;
      if (replaced) {
        loaded = next;
        reloads++;
        problem = Optional.empty();
      }
    }
    unused.retire();
    return replaced;
  }

  /** Whether it can decide. */
  public boolean calibrated() {
    return use(detector -> detector.rule().threshold().isPresent());
  }

  /** How often it was loaded again. */
  synchronized int reloads() {
    return reloads;
  }

  /** The model in a list of models. */
  ObjectNode about() {
    var node = JsonNodeFactory.instance.objectNode().put("name", name);
    use(
        detector -> {
          node.put("calibrated", detector.rule().calibration().isPresent());
          detector.rule().threshold().ifPresent(t -> node.put("threshold", (float) t));
          return node.put("height", detector.height()).put("width", detector.width());
        });
    node.put("reloads", reloads());
    synchronized (this) {
      problem.ifPresent(text -> node.put("problem", text));
    }
    drift().ifPresent(report -> node.set("drift", DriftJson.of(report)));
    return node;
  }

  /** Closes what it has loaded itself, when the images under way are done. */
  @Override
  public void close() {
    if (source.isEmpty()) {
      return;
    }
    Loaded last;
    synchronized (this) {
      closed = true;
      last = loaded;
    }
    last.retire();
  }
}
