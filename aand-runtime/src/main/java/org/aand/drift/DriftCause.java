package org.aand.drift;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.aand.drift.DriftReport.Finding;

/** Says what probably happened to a line, by the traits that have drifted. */
final class DriftCause {
  /** Below, an image has little in common with the normal ones: moved or blurred ones keep more. */
  private static final double UNLIKE = 0.5;

  private final Map<Trait, Finding> traits;
  private final List<String> causes = new ArrayList<>();

  private DriftCause(Map<Trait, Finding> traits) {
    this.traits = traits;
  }

  /** The causes, the likeliest first; empty where nothing has drifted. */
  static List<String> of(Map<Trait, Finding> traits) {
    var cause = new DriftCause(traits);
    cause.find();
    return cause.causes;
  }

  private Optional<Finding> drifted(Trait trait) {
    return Optional.ofNullable(traits.get(trait)).filter(Finding::drifted);
  }

  private void find() {
    if (drifted(Trait.LIKENESS)
        .filter(f -> !f.higher() && f.median() < UNLIKE && f.normalMedian() > UNLIKE)
        .isPresent()) {
      causes.add("another product, or a view that is blocked");
      return;
    }
    drifted(Trait.RIGHT).ifPresent(f -> moved(f, "to the right", "to the left", "width"));
    drifted(Trait.DOWN).ifPresent(f -> moved(f, "down", "up", "height"));
    drifted(Trait.BRIGHTNESS).ifPresent(f -> causes.add(f.higher() ? "brighter" : "darker"));
    drifted(Trait.SHARPNESS)
        .ifPresent(f -> causes.add(f.higher() ? "sharper, or noisier" : "blurred"));
    if (causes.isEmpty()) {
      drifted(Trait.CONTRAST)
          .ifPresent(f -> causes.add(f.higher() ? "more contrast" : "less contrast"));
    }
    if (causes.isEmpty() && drifted(Trait.LIKENESS).isPresent()) {
      causes.add("parts look different");
    }
    drifted(Trait.SCORE)
        .filter(f -> causes.isEmpty())
        .ifPresent(
            f ->
                causes.add(
                    f.higher()
                        ? "scores are higher without a visible reason: more defects, or a change of"
                            + " the parts"
                        : "scores are lower without a visible reason"));
  }

  private void moved(Finding found, String more, String less, String side) {
    double share = 100 * Math.abs(found.median() - found.normalMedian());
    causes.add(
        String.format(
            Locale.ROOT,
            "moved %s by %.1f %% of the %s",
            found.higher() ? more : less,
            share,
            side));
  }
}
