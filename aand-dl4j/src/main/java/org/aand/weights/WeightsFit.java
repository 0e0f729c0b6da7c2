package org.aand.weights;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

  /** All differences in one line: a few of each kind by name, the others counted. */
  public String describe() {
    long kinds = Stream.of(missing, misshaped, extra).filter(names -> !names.isEmpty()).count();
    int shown = (int) Math.max(1, SHOWN / Math.max(1, kinds));
    var parts = new ArrayList<String>();
    add(parts, "missing", missing, shown);
    add(parts, "of another shape", misshaped, shown);
    add(parts, "not known to it", extra, shown);
    return String.join("; ", parts);
  }

  private static void add(List<String> parts, String what, List<String> names, int shown) {
    if (!names.isEmpty()) {
      var first = String.join(", ", names.subList(0, Math.min(shown, names.size())));
      int more = names.size() - shown;
      parts.add(
          names.size() + " " + what + ": " + first + (more > 0 ? " and " + more + " more" : ""));
    }
  }
}
