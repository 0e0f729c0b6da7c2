package org.aand.io.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a list may say, and what it may not. */
class VisaLayoutTest {
  private static final String COLUMNS = "object,split,label,image,mask";
  private static final String TRAIN = "bolt,train,normal,bolt/0.JPG,";

  private final Path data;
  private final VisaLayout layout;

  VisaLayoutTest(@TempDir Path data) {
    this.data = data;
    this.layout = new VisaLayout(data);
    new CategoryFolder(data)
        .with("bolt/0.JPG", "bolt/1.JPG", "bolt/2.JPG", "bolt/m1.png", "bolt/m2.png", "x/0.JPG");
  }

  @Test
  void linesMayBeQuotedEmptyOrEndAsWindowsDoesAndColumnsMayBeReordered() throws IOException {
    csv(
        "\uFEFFlabel,object,\"split\",mask,image,more\r",
        "normal,bolt,train,,\"bolt/0.JPG\",7\r",
        "\r",
        "anomaly,bolt, test ,bolt/m1.png,./bolt/../bolt/1.JPG\r");
    var category = layout.open("bolt");
    assertEquals(List.of("bolt/0.JPG"), category.train().stream().map(Sample::name).toList());
    assertEquals(
        List.of(
            new Sample(
                "bolt/1.JPG",
                data.resolve("bolt/1.JPG"),
                List.of(data.resolve("bolt/m1.png")),
                "anomaly")),
        category.test());
  }

  @Test
  void aKindMayComeWithoutMasksButNotInPart() throws IOException {
    csv(COLUMNS, TRAIN, "bolt,test,anomaly,bolt/1.JPG,", "bolt,test,anomaly,bolt/2.JPG,");
    assertTrue(layout.open("bolt").test().stream().allMatch(s -> !s.hasMask()));
    csv(COLUMNS, TRAIN, "bolt,test,anomaly,bolt/1.JPG", "bolt,test,anomaly,bolt/2.JPG,bolt/m2.png");
    says("bolt/1.JPG has no mask though others");
  }

  @Test
  void everyBadLineIsNamedWithItsNumber() throws IOException {
    refused("bolt,train,normal,bolt/9.JPG,", "row 3", "the image " + data.resolve("bolt/9.JPG"));
    refused("bolt,test,anomaly,bolt/1.JPG,bolt/m9.png", "row 3", "the mask", "does not exist");
    refused("bolt,test,anomaly,,bolt/m1.png", "row 3", "names the mask bolt/m1.png but no image");
    refused("bolt,test,anomaly,,", "row 3", "names no image");
    refused("bolt,test,normal,bolt/1.JPG,bolt/m1.png", "row 3", "is normal but has the mask");
    refused("bolt,train,anomaly,bolt/1.JPG,bolt/m1.png", "row 3", "is defective");
    refused("bolt,valid,normal,bolt/1.JPG,", "row 3", "split is \"valid\"");
    refused("bolt,test,bad,bolt/1.JPG,", "row 3", "label is \"bad\"");
    refused("bolt,test", "row 3", "has no label");
    refused("bolt,test,normal,../bolt/1.JPG,", "row 3", "not in the data folder");
    refused("bolt,test,normal,/etc/passwd,", "row 3", "not in the data folder");
    refused("bolt,test,normal,bolt/../../x.png,", "row 3", "not in the data folder");
    refused("bolt,test,normal,bolt/0.JPG,", "listed twice", "row 2", "row 3");
    refused("bolt,test,normal,bolt,", "row 3", "does not exist");
  }

  @Test
  void aListOfAnotherShapeIsRefused() throws IOException {
    csv("object;split;label;image;mask", "bolt;train;normal;bolt/0.JPG;");
    says("the columns are object,split,label,image,mask");
    csv(COLUMNS);
    says("1cls.csv lists none");
    csv("");
    says("is no CSV file");
    csv(COLUMNS, "bolt,test,normal,bolt/0.JPG,");
    says("no training images of bolt");
    csv(COLUMNS, TRAIN, "\"bolt,test,normal,bolt/1.JPG,");
    says("is no CSV file");
    Files.write(data.resolve("split_csv/1cls.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 1});
    says("1cls.csv");
  }

  @Test
  void metaJsonOfAnotherShapeIsRefused() throws IOException {
    json("{\"train\":{\"bolt\":[{\"img_path\":\"bolt/0.JPG\",\"anomaly\":0}]},\"test\":{}}");
    assertEquals(1, layout.open("bolt").train().size());
    json("{\"train\":{\"bolt\":[{\"img_path\":\"bolt/0.JPG\",\"anomaly\":2}]},\"test\":{}}");
    says("train/bolt number 1", "anomaly");
    json("{\"train\":{\"bolt\":[{\"anomaly\":0}]},\"test\":{}}");
    says("names no image");
    json("{\"train\":{\"bolt\":[7]},\"test\":{}}");
    says("train/bolt number 1 is no object");
    json("{\"train\":{\"bolt\":{}},\"test\":{}}");
    says("is no array");
    json("{\"train\":{}}");
    says("test is no object");
    json("[]");
    says("train is no object");
    json("{\"train\":");
    says("is no JSON file");
    json("");
    says("meta.json");
  }

  @Test
  void metaJsonNamesKindsOfDefects() throws IOException {
    json(
        "{\"train\":{\"bolt\":[{\"img_path\":\"bolt/0.JPG\",\"anomaly\":0}]},\"test\":{\"bolt\":["
            + "{\"img_path\":\"bolt/1.JPG\",\"specie_name\":\"bent\",\"anomaly\":1},"
            + "{\"img_path\":\"bolt/2.JPG\",\"specie_name\":\"good\",\"anomaly\":1}]}}");
    assertEquals(
        List.of("bent", "anomaly"),
        layout.open("bolt").test().stream().map(Sample::defect).toList());
  }

  @Test
  void visasOwnListComesFirst() throws IOException {
    csv(COLUMNS, TRAIN);
    json("{}");
    assertEquals(List.of("bolt"), layout.categories());
  }

  private void refused(String line, String... what) throws IOException {
    csv(COLUMNS, TRAIN, line);
    says(what);
  }

  private void says(String... what) {
    LayoutContractTest.assertSays(layout, "bolt", what);
  }

  private void csv(String... lines) throws IOException {
    Path list = data.resolve("split_csv/1cls.csv");
    Files.createDirectories(list.resolveSibling("."));
    Files.write(list, List.of(lines));
  }

  private void json(String text) throws IOException {
    Files.writeString(data.resolve("meta.json"), text);
  }
}
