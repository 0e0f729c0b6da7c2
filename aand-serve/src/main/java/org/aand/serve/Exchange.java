package org.aand.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** One request and where its answer goes. */
record Exchange(Request request, Response response, Callback callback) {
  static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);
  static final List<HttpMethod> SEND = List.of(HttpMethod.POST);

  /** Whether the method is one of those; if not, that is answered. */
  boolean allowed(List<HttpMethod> methods) {
    if (methods.stream().anyMatch(method -> method.is(request.getMethod()))) {
      return true;
    }
    var names = methods.stream().map(HttpMethod::asString).collect(Collectors.joining(", "));
    response.getHeaders().put(HttpHeader.ALLOW, names);
    Answers.error(
        response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "this address takes only " + names);
    return false;
  }

  void read(String type, Supplier<String> text) {
    if (allowed(READ)) {
      Answers.text(response, callback, HttpStatus.OK_200, type, text.get());
    }
  }

  void readJson(Supplier<ObjectNode> node) {
    if (allowed(READ)) {
      Answers.json(response, callback, HttpStatus.OK_200, node.get());
    }
  }

  void notFound(String reason) {
    Answers.error(response, callback, HttpStatus.NOT_FOUND_404, reason);
  }
}
