package org.aand.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.aand.common.InputException;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The methods of the paper's tables as a record and as JSON. */
class VariantTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void nothingSaidIsThePapersMethod() {
    assertEquals(new Variant(), read("{}"));
    assertEquals(
        new Variant(
            Gate.MATCHING, Residual.TANH, 50, 10, FeatureDiscrimination.AMPLIFICATION, false),
        read("{}"));
    assertFalse(new Variant().baseline());
  }

  /** Table V: a row is its two switches and whether there is hard distillation. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'gate':'none','residual':'none','hardest':0} | RD | true | false",
        "{'residual':'none','hardest':0} | MRG | false | true",
        "{'gate':'none','hardest':0} | ARG | true | true",
        "{'hardest':0} | RAA | true | true",
        "{'gate':'none','residual':'none'} | RD with HKD | true | false",
        "{} | AAND | true | true",
        "{'residual':'sigmoid'} | AAND, sigmoid residual | true | true",
        "{'memoryItems':25,'hardest':5} | AAND, 25 memory items, 5 hardest | true | true",
        "{'discrimination':'contrastive','gate':'none','residual':'none'} | Contrastive teacher | true | false",
        "{'discrimination':'simplenet','gate':'none','residual':'none','hardest':0} | SimpleNet-style discriminator | false | false",
        "{'discrimination':'simplenet-released','gate':'none','residual':'none','hardest':0} | SimpleNet | false | false",
        "{'discrimination':'padim','gate':'none','residual':'none','hardest':0} | PaDiM | false | false",
        "{'discrimination':'patchcore','gate':'none','residual':'none','hardest':0} | PatchCore | false | false",
        "{'discrimination':'st','gate':'none','residual':'none','hardest':0} | ST | true | false",
        "{'gate':'none','residual':'none','hardest':0,'projections':true} | RD++ | true | false"
      })
  void aRowOfATable(String json, String label, boolean student, boolean modules) {
    var variant = read(json);
    assertEquals(label, variant.label());
    assertEquals(student, variant.hasStudent());
    assertEquals(modules, variant.hasModules());
  }

  @Test
  void theNamedOnesAreThoseOfTheTables() {
    assertEquals(Variant.rd(), read("{'gate':'none','residual':'none','hardest':0}"));
    assertTrue(Variant.rd().baseline());
    assertFalse(Variant.rd().withHardest(10).baseline());
    assertEquals(Variant.gateAlone(), read("{'residual':'none','hardest':0}"));
    var named =
        List.of(
            new Variant(),
            Variant.rd(),
            Variant.gateAlone(),
            Variant.contrastive(),
            Variant.simpleNetStyle(),
            Variant.simpleNet(),
            Variant.rdPlusPlus(),
            Variant.padim(),
            Variant.patchCore(),
            Variant.studentTeacher());
    assertEquals(named.size(), new HashSet<>(named).size());
  }

  /** Whatever combination of fields there is, it is refused or comes back from its JSON. */
  @Test
  void everyCombinationSurvivesJsonOrIsRefusedWithAReason() throws JsonProcessingException {
    var labels = new ArrayList<String>();
    int refused = 0;
    for (var gate : Gate.values()) {
      for (var residual : Residual.values()) {
        for (int items : new int[] {0, 20, 50}) {
          for (int hardest : new int[] {-1, 0, 10, 30}) {
            for (var discrimination : FeatureDiscrimination.values()) {
              for (boolean projections : new boolean[] {false, true}) {
                try {
                  var variant =
                      new Variant(gate, residual, items, hardest, discrimination, projections);
                  assertEquals(variant, Variant.read(JSON.valueToTree(variant)));
                  assertEquals(
                      variant, JSON.readValue(JSON.writeValueAsString(variant), Variant.class));
                  labels.add(variant.label());
                } catch (IllegalArgumentException e) {
                  refused++;
                  assertTrue(
                      String.valueOf(e.getMessage()).startsWith("variant: "), e.getMessage());
                }
              }
            }
          }
        }
      }
    }
    assertTrue(refused > 0 && !labels.isEmpty());
    assertEquals(labels.size(), new HashSet<>(labels).size(), "labels are unique: " + labels);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'gates':'none'} | gates",
        "{'gate':'open'} | open",
        "{'memoryItems':0} | memoryItems",
        "{'memoryItems':'many'} | many",
        "{'hardest':-1} | hardest",
        "{'residual':'none'} | hardest",
        "{'gate':'none','memoryItems':20} | memoryItems",
        "{'discrimination':'simplenet'} | simplenet",
        "[1] | variant",
        "null | variant"
      })
  void aMistakeIsNamed(String json, String named) {
    var e = assertThrows(InputException.class, () -> read(json));
    var message = String.valueOf(e.getMessage());
    assertTrue(message.contains(named), message);
    assertFalse(message.contains("\n"), message);
  }

  @Test
  void whatHasAPublishedFormJoinsNoMemoryBank() {
    assertTrue(new Variant().joinsMemoryBank());
    assertTrue(Variant.rd().joinsMemoryBank());
    assertFalse(Variant.rdPlusPlus().joinsMemoryBank());
    assertFalse(Variant.studentTeacher().joinsMemoryBank());
    assertFalse(Variant.gateAlone().joinsMemoryBank());
    assertFalse(Variant.padim().joinsMemoryBank());
  }

  private static Variant read(String json) {
    try {
      return Variant.read(JSON.readTree(json.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
