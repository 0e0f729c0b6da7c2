package org.aand.serve;

import java.util.List;
import org.aand.common.PrintableName;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What the query of a request for detection asks for.
 *
 * @param heatmap whether to answer with a heatmap too
 * @param outline whether to answer with the regions' outlines too
 */
record DetectQuery(boolean heatmap, boolean outline) {
  static final String HEATMAP = "heatmap";
  static final String OUTLINE = "outline";

  /**
   * @throws Refusal for names and values that are not known
   */
  static DetectQuery of(Request request) {
    Fields fields;
    try {
      fields = Request.extractQueryParameters(request);
    } catch (RuntimeException e) {
      throw Refusal.badRequest("the query is not encoded as a query is");
    }
    for (var field : fields) {
      if (!List.of(HEATMAP, OUTLINE).contains(field.getName())) {
        throw Refusal.badRequest(
            "unknown parameter "
                + PrintableName.of(field.getName())
                + "; there are heatmap and outline, each true or false");
      }
    }
    return new DetectQuery(flag(fields, HEATMAP), flag(fields, OUTLINE));
  }

  private static boolean flag(Fields fields, String name) {
    var values = fields.getValuesOrEmpty(name);
    if (values.isEmpty()) {
      return false;
    }
    if (values.size() > 1 || !List.of("true", "false").contains(values.get(0))) {
      throw Refusal.badRequest(
          name + " is true or false, not " + PrintableName.of(String.join(", ", values)));
    }
    return values.get(0).equals("true");
  }
}
