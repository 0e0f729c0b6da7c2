package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Writes answers, all with the same headers. */
final class Answers {
  private Answers() {}

  static void json(Response response, Callback callback, int status, ObjectNode node) {
    text(response, callback, status, "application/json", node.toString());
  }

  /** A reason in JSON. */
  static void error(Response response, Callback callback, int status, String reason) {
    json(response, callback, status, JsonNodeFactory.instance.objectNode().put("error", reason));
  }

  static void text(Response response, Callback callback, int status, String type, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CONTENT_LENGTH, content.length);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(content), callback);
  }
}
