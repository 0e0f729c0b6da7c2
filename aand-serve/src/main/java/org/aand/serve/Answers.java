package org.aand.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
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
    json(response, callback, status, error(reason));
  }

  static ObjectNode error(String reason) {
    return JsonNodeFactory.instance.objectNode().put("error", reason);
  }

  /** Why a request is not served, and what clients can do about it. */
  static void refusal(Response response, Callback callback, Refusal refusal) {
    if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    } else if (refusal.status() == HttpStatus.UNSUPPORTED_MEDIA_TYPE_415) {
      response.getHeaders().put(HttpHeader.ACCEPT_ENCODING, "identity");
    }
    error(response, callback, refusal.status(), refusal.reason());
  }

  static void text(Response response, Callback callback, int status, String type, String text) {
    bytes(response, callback, status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  static void bytes(Response response, Callback callback, int status, String type, byte[] content) {
    response.setStatus(status);
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CONTENT_LENGTH, content.length);
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(content), callback);
  }
}
