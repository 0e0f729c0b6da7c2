package org.aand.io.foreground;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aand.io.foreground.ForegroundRule.Above;
import org.aand.io.foreground.ForegroundRule.Automatic;
import org.aand.io.foreground.ForegroundRule.Disc;
import org.aand.io.foreground.ForegroundRule.NotAbove;
import org.aand.io.foreground.ForegroundRule.Rectangle;

/**
 * The foreground rule of every category of MVTec AD, VisA and MVTec 3D-AD, as the released code has
 * them.
 *
 * <p>{@code cable} has bottle's disc. The released script meant one too but misspells the name, so
 * that no branch fires and every cable image is saved with the mask left over from the category
 * before it: the disc of bottle's last image. At the network's resolution that is the same disc.
 */
public final class ForegroundRules {
  private static final Map<String, ForegroundRule> BY_CATEGORY = byCategory();

  private ForegroundRules() {}

  /**
   * The rule of a category.
   *
   * @param category its name, upper or lower case
   * @return its rule; {@link Automatic} for a category of none of the three data sets
   */
  public static ForegroundRule of(String category) {
    return BY_CATEGORY.getOrDefault(category.toLowerCase(Locale.ROOT), new Automatic());
  }

  private static Map<String, ForegroundRule> byCategory() {
    var rules = new HashMap<String, ForegroundRule>();
    // MVTec AD
    put(rules, new Above(0), "carpet", "grid", "leather", "tile", "wood", "transistor");
    put(rules, new NotAbove(150), "capsule", "screw", "zipper");
    put(rules, new Above(50), "hazelnut", "metal_nut", "pill", "toothbrush");
    put(rules, new Disc(0.45), "bottle", "cable");
    // VisA
    put(rules, new Above(150), "candle", "cashew", "chewinggum", "fryum");
    put(rules, new Above(150), "macaroni1", "macaroni2", "pcb1");
    put(rules, new Above(100), "pcb2", "pcb3", "pipe_fryum");
    put(rules, new Above(50), "pcb4");
    put(rules, new NotAbove(100), "capsules");
    // MVTec 3D-AD
    put(rules, new Above(50), "bagel", "cable_gland", "carrot", "cookie");
    put(rules, new Above(50), "dowel", "peach", "potato", "rope");
    put(rules, new Rectangle(0.35), "foam", "tire");
    return Map.copyOf(rules);
  }

  private static void put(
      Map<String, ForegroundRule> rules, ForegroundRule rule, String... categories) {
    for (String category : List.of(categories)) {
      rules.put(category, rule);
    }
  }
}
