package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.ResultJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run's config.json trains the same again; options go before it. */
class TrainConfigTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProductSettings PRODUCT = new ProductSettings("part", 64, 5, 1, 1, 3);

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  Path folder;

  @Test
  void theConfigurationOfARunTrainsTheSameAgain() throws IOException {
    ProductDataset.write(folder.resolve("data"), PRODUCT);
    var first =
        Program.run(
            "train",
            "--data",
            at("data"),
            "--category",
            "part",
            "--bundled-teacher",
            "--image-size",
            "64",
            "--stage1-epochs",
            "1",
            "--stage2-epochs",
            "1",
            "--batch-size",
            "4",
            "--seed",
            "5",
            "--out",
            at("first"));
    assertEquals(0, first.exitCode(), first.err());
    var config = (ObjectNode) JSON.readTree(folder.resolve("first/config.json").toFile());
    assertEquals(0.5, config.at("/training/adam/beta1").asDouble());
    assertEquals("matching", config.at("/variant/gate").asText());

    var again = Program.run("train", "--config", at("first/config.json"), "--out", at("again"));
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(scores("first"), scores("again"));
    assertEquals(
        Files.readString(folder.resolve("first/config.json")),
        Files.readString(folder.resolve("again/config.json")));

    ((ObjectNode) config.at("/training/schedule")).put("base", 0.001);
    JSON.writeValue(folder.resolve("slower.json").toFile(), config);
    var slower =
        Program.run(
            "train",
            "--config",
            at("slower.json"),
            "--seed",
            "6",
            "--method",
            "rd",
            "--out",
            at("slower"));
    assertEquals(0, slower.exitCode(), slower.err());
    var kept = JSON.readTree(folder.resolve("slower/config.json").toFile());
    assertEquals(0.001, kept.at("/training/schedule/base").asDouble());
    assertEquals(6, kept.at("/training/seed").asInt());
    assertEquals("none", kept.at("/variant/gate").asText());
    assertFalse(scores("first").equals(scores("slower")));
  }

  @Test
  void whatIsNoConfigurationIsNamed() throws IOException {
    refused("{\"nosuch\": 1}", "unknown field \"nosuch\"");
    refused("[]", "not a JSON object");
    refused("{\"data\": ", "not valid JSON");
    refused("{\"training\": {\"batchSize\": 0}}", "batch size is a whole number of at least 1");
    var missing = Program.run("train", "--config", at("nowhere.json"), "--out", at("x"));
    assertEquals(1, missing.exitCode());
    assertTrue(missing.err().contains("nowhere.json"), missing.err());
  }

  private void refused(String json, String reason) throws IOException {
    var file = Files.writeString(folder.resolve("bad.json"), json);
    var run =
        Program.run(
            "train",
            "--config",
            file.toString(),
            "--data",
            at("data"),
            "--bundled-teacher",
            "--out",
            at("bad"));
    assertTrue(run.exitCode() != 0);
    assertTrue(run.err().contains(reason), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  private List<Float> scores(String run) {
    return ResultJson.read(folder.resolve(run).resolve("result.json")).images().stream()
        .map(image -> (float) image.score())
        .toList();
  }

  private String at(String name) {
    return folder.resolve(name).toString();
  }
}
