package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.aand.common.InputException;
import org.aand.pipeline.Recipe;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Experiments as files: those of the paper, and what is refused. */
class ExperimentFileTest {
  private static final List<String> NAMES = ExperimentFile.NAMES;

  @ParameterizedTest
  @FieldSource("NAMES")
  void thePapersExperimentsAreValidAndSayWhatTheyShow(String name) {
    var experiment = ExperimentFile.open(name);
    assertEquals(name, experiment.name());
    assertEquals(name.equals("field"), experiment.shows().isEmpty(), "all but one are the paper's");
    assertFalse(experiment.title().isBlank());
  }

  @Test
  void theFieldComparesBothRecipesWithRd() {
    var field = ExperimentFile.open("field");
    assertEquals("rd", field.baseline().orElseThrow());
    var standard =
        field.rows().stream().filter(row -> row.key().equals("aand-standard")).findFirst();
    assertEquals(Recipe.STANDARD, standard.orElseThrow().recipe());
    assertEquals("AAND (standard recipe)", standard.orElseThrow().label());
  }

  @Test
  void everyTableAndFigureOfResultsHasOne() {
    var shown = new HashSet<String>();
    NAMES.forEach(name -> shown.addAll(ExperimentFile.open(name).shows()));
    for (var roman : List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII")) {
      assertTrue(shown.contains("Table " + roman), roman);
    }
    for (int figure = 5; figure <= 8; figure++) {
      assertTrue(shown.contains("Fig. " + figure), "Fig. " + figure);
    }
  }

  /** A row's key means one method, whichever the experiment, but for sweeps and teachers. */
  @Test
  void rowsOfOneKeyAreOneMethod() {
    Map<String, Variant> methods = new HashMap<>();
    for (var name : NAMES) {
      for (var row : ExperimentFile.open(name).rows()) {
        if (!row.key().matches("[0-9]+")) {
          var before = methods.putIfAbsent(row.key(), row.variant());
          assertTrue(before == null || before.equals(row.variant()), name + " " + row.key());
        }
      }
    }
    assertEquals(new Variant(), methods.get("aand"));
    assertEquals(Variant.rd(), methods.get("rd"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'experiment':'mine','rows':[{'row':'a'}],'colour':1} | colour",
        "{'experiment':'mine','rows':[{'row':'a','epochs':1}]} | epochs",
        "{'experiment':'mine','rows':[{'row':'a','figures':{'maps':true}}]} | maps",
        "{'experiment':'mine','rows':[{'row':'a','variant':{'gat':'none'}}]} | gat",
        "{'experiment':'mine','rows':[{'row':'a','variant':{'hardest':-1}}]} | hardest",
        "{'experiment':'mine','rows':[{'row':'a','teacher':'wise'}]} | random",
        "{'experiment':'mine','rows':[{'row':'a','trained':false}]} | cost",
        "{'experiment':'mine','rows':[{'row':'a'},{'row':'a'}]} | twice",
        "{'experiment':'mine','rows':[{'variant':{}}]} | row",
        "{'experiment':'mine','rows':[{'row':'a','recipe':'quick'}]} | quick",
        "{'experiment':'mine','baseline':'b','rows':[{'row':'a'}]} | baseline",
        "{'experiment':'mine','rows':[]} | rows",
        "{'experiment':'mine'} | rows",
        "{'experiment':'../mine','rows':[{'row':'a'}]} | experiment",
        "{'rows':[{'row':'a'}]} | experiment",
        "{'experiment':'mine','experiment':'mine','rows':[{'row':'a'}]} | experiment",
        "{'experiment':'mine','rows':[{'row':'a'}]} {} | mine.json",
        "null | mine.json",
        "[ | mine.json"
      })
  void aMistakeIsNamed(String json, String named, @TempDir Path folder) throws IOException {
    var file = folder.resolve("mine.json");
    Files.writeString(file, json.replace('\'', '"'));
    var e = assertThrows(InputException.class, () -> ExperimentFile.open(file.toString()));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(named) && message.contains("mine.json"), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void whatIsNeitherNameNorFileIsToldWhatThereIs() {
    var e = assertThrows(InputException.class, () -> ExperimentFile.open("table-five"));
    assertTrue(String.valueOf(e.getMessage()).contains("components"), e.getMessage());
  }
}
