package org.aand.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Answers in JSON, as everything else does, where the server refuses a request before the service
 * sees it: paths that mean something else once they are decoded, broken requests.
 */
final class JsonErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    Answers.error(response, callback, status, reason(status, message));
  }

  @Override
  public ByteBuffer badMessageError(
      int status, @Nullable String message, HttpFields.Mutable fields) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, "application/json"));
    return ByteBuffer.wrap(
        Answers.error(reason(status, message)).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String reason(int status, @Nullable String message) {
    return message == null || message.isBlank() ? HttpStatus.getMessage(status) : message;
  }
}
