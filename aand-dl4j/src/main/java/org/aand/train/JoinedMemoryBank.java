package org.aand.train;

import java.util.Optional;
import org.aand.detect.MapRuleFit;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.samediff.Model;

/**
 * A memory bank of normal patch features that is joined to a trained student's discrepancy.
 *
 * <p>It is PatchCore's, but bounded: a tenth of the patches of evenly chosen images, which have at
 * most {@value #PATCHES}, and at most the number of items in the settings. So filling it takes
 * about as long for many images as for some, and using it does.
 */
public final class JoinedMemoryBank {
  /** Patches that items are chosen among: those of 293 images of 256x256. */
  private static final int PATCHES = 300_000;

  /** Among so many patches there is one item, where there is room. */
  private static final int PATCHES_OF_ITEM = 10;

  private final TrainingImages images;
  private final TrainingSettings settings;
  private final PatchCore bank;

  private JoinedMemoryBank(TrainingImages images, TrainingSettings settings, PatchCore bank) {
    this.images = images;
    this.settings = settings;
    this.bank = bank;
  }

  /**
   * The bank for a model.
   *
   * @param model whose teacher gives the features
   * @param images that it is trained on
   * @param settings with the number of items
   * @return empty where none is wanted, or the model has no discrepancy that it could be joined to,
   *     or has RD++'s projections, whose published form is kept
   */
  public static Optional<JoinedMemoryBank> of(
      ModelDescription model, TrainingImages images, TrainingSettings settings) {
    int most = settings.methods().bankItems();
    if (most == 0
        || !(model.scoring() instanceof Scoring.Discrepancy discrepancy)
        || discrepancy.student().projects()) {
      return Optional.empty();
    }
    int patches = Scoring.bankSize(model.imageSize()).pixels();
    var chosen = images.evenly(Math.max(1, PATCHES / patches));
    int items = Math.min(most, Math.max(1, chosen.count() * patches / PATCHES_OF_ITEM));
    int neighbours = settings.methods().patchCore().neighbours();
    int channels = PatchFeatures.channels(model.teacher().backbone());
    return Optional.of(
        new JoinedMemoryBank(chosen, settings, new PatchCore(channels, items, neighbours)));
  }

  /** Images that are passed to fill it. */
  public int images() {
    return images.count();
  }

  /** How many it has. */
  public int items() {
    return bank.items();
  }

  /**
   * Fills it.
   *
   * @param model trained; the bank's parameters are added to its own
   * @param listener receives the events
   * @return the model with the bank, which shares the parameters and is not closed by itself
   */
  public Model join(Model model, TrainingListener listener) {
    var values = new float[Math.toIntExact(bank.bank().length())];
    model.parameters().replace(bank.bank().name(), values, bank.items(), bank.channels());
    var joined =
        new Model(
            MapRuleFit.forFitting(model.description(), Optional.of(bank)), model.parameters());
    new PatchCoreFitting(joined, bank, images, settings).fit(listener);
    return joined;
  }
}
