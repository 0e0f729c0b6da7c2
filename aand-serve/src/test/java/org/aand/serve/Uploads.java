package org.aand.serve;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;

/** Sends files to a service, as its users do. */
public final class Uploads {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Uploads() {}

  /** What the service answers to an image. */
  public static HttpResponse<String> detect(DetectionService service, Path file)
      throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(service.address().resolve("/detect"))
            .POST(HttpRequest.BodyPublishers.ofFile(file))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
