package org.aand.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.aand.common.PrintableName;

/**
 * How tensors differ from those that are needed; each is described by its name and shape.
 *
 * @param missing needed, but not there
 * @param misshaped there, but in another shape or of another type
 * @param extra there, but of no use
 */
public record WeightsFit(List<String> missing, List<String> misshaped, List<String> extra) {
  /** At most so many names are in a message. */
  private static final int SHOWN = 5;

  /** Takes copies. */
  public WeightsFit {
    missing = List.copyOf(missing);
    misshaped = List.copyOf(misshaped);
    extra = List.copyOf(extra);
  }

  /**
   * Compares shapes by name.
   *
   * @param optional whether a needed tensor may be missing
   */
  public static WeightsFit of(
      Map<String, List<Long>> needed, Map<String, List<Long>> found, Predicate<String> optional) {
    var missing = new ArrayList<String>();
    var misshaped = new ArrayList<String>();
    needed.forEach(
        (name, shape) -> {
          var foundShape = found.get(name);
          if (foundShape == null) {
            if (!optional.test(name)) {
              missing.add(name + " " + shape);
            }
          } else if (!foundShape.equals(shape)) {
            misshaped.add(name + " (expected " + shape + ", found " + foundShape + ")");
          }
        });
    var extra =
        found.keySet().stream()
            .filter(name -> !needed.containsKey(name))
            .map(name -> PrintableName.of(name) + " " + found.get(name))
            .toList();
    return new WeightsFit(missing, misshaped, extra);
  }

  /** Whether there is no difference. */
  public boolean fits() {
    return differences() == 0;
  }

  /** How many differences there are. */
  public int differences() {
    return missing.size() + misshaped.size() + extra.size();
  }

  /** All differences in one line: at most five by name, some of each kind, the others counted. */
  public String describe() {
    var kinds = new LinkedHashMap<String, List<String>>();
    kinds.put("missing", missing);
    kinds.put("of another shape", misshaped);
    kinds.put("not known to it", extra);
    kinds.values().removeIf(List::isEmpty);
    var parts = new ArrayList<String>();
    int left = SHOWN;
    for (var kind : kinds.entrySet()) {
      int later = kinds.size() - parts.size() - 1;
      int shown = Math.min(left - later, kind.getValue().size());
      parts.add(describe(kind.getKey(), kind.getValue(), shown));
      left -= shown;
    }
    return String.join("; ", parts);
  }

  private static String describe(String what, List<String> names, int shown) {
    int more = names.size() - shown;
    return names.size()
        + " "
        + what
        + ": "
        + String.join(", ", names.subList(0, shown))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
