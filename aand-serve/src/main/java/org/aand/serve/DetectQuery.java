package org.aand.serve;

import java.util.List;
import org.aand.common.PrintableName;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What the query of a request for detection asks for.
 *
 * @param heatmap whether to answer with a heatmap too
 */
record DetectQuery(boolean heatmap) {
  static final String HEATMAP = "heatmap";

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
      if (!field.getName().equals(HEATMAP)) {
        throw Refusal.badRequest(
            "unknown parameter "
                + PrintableName.of(field.getName())
                + "; there is heatmap=true or heatmap=false");
      }
    }
    var values = fields.getValuesOrEmpty(HEATMAP);
    if (values.isEmpty()) {
      return new DetectQuery(false);
    }
    if (values.size() > 1 || !List.of("true", "false").contains(values.get(0))) {
      throw Refusal.badRequest(
          "heatmap is true or false, not " + PrintableName.of(String.join(", ", values)));
    }
    return new DetectQuery(values.get(0).equals("true"));
  }
}
