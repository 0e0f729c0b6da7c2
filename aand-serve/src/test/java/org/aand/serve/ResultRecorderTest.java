package org.aand.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.aand.api.AnomalyDetector;
import org.aand.api.SampleImages;
import org.aand.model.TinyModelFile;
import org.aand.serve.sink.FileSink;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.RowFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients are answered is what sinks are told. */
@Timeout(240)
class ResultRecorderTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final byte[] image = SampleImages.png(SampleImages.draw(1, 40, 30).get(0));

  ResultRecorderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String send(DetectionService service, String type, byte[] body)
      throws IOException, InterruptedException {
    return send(service, type, body, 200);
  }

  private static String send(DetectionService service, String type, byte[] body, int status)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(service.address().resolve("/detect"))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    var answer =
        HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(status, answer.statusCode(), answer.body());
    return answer.body();
  }

  private byte[] form() {
    var head =
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"part 7.png\"\r\n\r\n";
    var text = head + new String(image, StandardCharsets.ISO_8859_1) + "\r\n--x--\r\n";
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void eachAnswerIsToldAndNoneWaitsForASinkThatFails() throws Exception {
    var file = folder.resolve("there/results.jsonl");
    var sink = FileSink.open(file, RowFormat.JSON_LINES, 1 << 20);
    var recorder = new ResultRecorder(List.of(sink), Problems.toPeople(told::add));
    var answers = new ArrayList<String>();
    try (var detector = AnomalyDetector.load(TinyModelFile.write(folder.resolve("model.aand")));
        var service =
            DetectionService.start(
                List.of(ServedModel.of("tiny", detector)),
                ServiceSettings.defaults(),
                recorder,
                Optional.empty())) {
      answers.add(send(service, "image/png", image));
      answers.add(send(service, "multipart/form-data; boundary=x", form()));
      send(service, "image/png", Arrays.copyOf(image, 60), 400);
      Files.move(folder.resolve("there"), folder.resolve("away"));
      send(service, "image/png", image);
      send(service, "image/png", image);
    }
    var results =
        Files.readAllLines(folder.resolve("away/results.jsonl")).stream()
            .map(ResultRecord::parse)
            .toList();
    assertEquals(
        List.of("upload", "part 7.png", "upload"),
        results.stream().map(ResultRecord::image).toList());
    for (int i = 0; i < 2; i++) {
      var answer = new ObjectMapper().readTree(answers.get(i));
      assertEquals(answer.path("score").doubleValue(), results.get(i).score().orElseThrow());
    }
    assertTrue(results.get(2).error().orElseThrow().contains("the image"), "as in a folder");
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).contains("its results are lost"), told.get(0));
  }
}
