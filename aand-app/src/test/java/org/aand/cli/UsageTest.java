package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import org.aand.experiment.ExperimentFile;
import org.aand.network.teacher.Backbone;
import org.aand.pipeline.Recipe;
import org.aand.report.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody hears who misspelt something, and what may be written as one likes. */
class UsageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian                      | there is no command trian; did you mean train?",
        "EVALUATE                   | there is no command EVALUATE; did you mean evaluate?",
        "experiments                | there is no command experiments; did you mean experiment?",
        "weights imprt              | there is no command imprt; did you mean import?",
        "nonsense                   | there is no command nonsense; see",
        "--verison                  | there is no option --verison; did you mean --version?",
        "train --dta x              | there is no option --dta; did you mean --data?",
        "train --bundled-teahcer    | there is no option --bundled-teahcer; did you mean"
            + " --bundled-",
        "train --stage1-epoch=3     | there is no option --stage1-epoch=3; did you mean"
            + " --stage1-ep",
        "train --nosuch 1           | there is no option --nosuch; see",
        "predict --model m x --cvs y| there is no option --cvs; did you mean --csv?",
        "inspect m n                | there is no argument n; see"
      })
  void whatIsUnknownIsNamedFirstWithWhatMayBeMeant(String line, String expected) {
    var program = Program.run(line.split(" "));
    assertEquals(2, program.exitCode());
    assertTrue(program.err().startsWith("aand: " + expected), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "train --seed many                  | 'many' is not a whole number; see aand train --help",
        "train --stage1-epochs 1.5          | '1.5' is not a whole number; see",
        "train --stage1-epochs 99999999999  | '99999999999' is too large; see",
        "train --false-alarm-rate 5%        | '5%' is not a number; see",
        "train --method fastflow            | there is no method 'fastflow'; the methods are aand,",
        "train --layout coco     | 'coco' is not one of auto, mvtec, visa, mvtec3d, folder; see",
        "experiment --engine onnx           | 'onnx' is not one of samediff, java; see",
        "experiment --seeds 0,x             | 'x' is not a whole number; see",
        "pretrain --steps -                 | '-' is not a whole number; see",
        "predict --threshold abc            | 'abc' is not a number; see",
        "doctor --max-memory much           | 'much' is no size; write 6g or 800m; see"
      })
  void aValueThatIsNoneIsSaidInPlainWords(String line, String expected) {
    var program = Program.run(line.split(" "));
    assertEquals(2, program.exitCode());
    assertTrue(program.err().startsWith("aand: Invalid value for option '--"), program.err());
    assertTrue(program.err().contains(expected), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  @Test
  void whatIsMissingIsNamedWhereNothingIsUnknown() {
    var program = Program.run("train");
    assertEquals(2, program.exitCode());
    assertTrue(program.err().contains("Missing required"), program.err());
  }

  @Test
  void aBackboneThatTheSmallTeacherDoesNotHaveIsRefused() {
    var program =
        Program.run(
            "train --data nowhere --backbone resnet18 --bundled-teacher --out out".split(" "));
    assertEquals(2, program.exitCode());
    assertTrue(
        program.err().startsWith("aand: --backbone resnet18 does not go with"), program.err());
  }

  @Test
  void caseIsIgnoredInEveryNameOfAChoice() {
    assertEquals(Protocol.HELD_OUT_NORMAL, Protocol.named("Held-Out"));
    assertEquals(Backbone.named("resnet18"), Backbone.named("ResNet18"));
    assertEquals(Recipe.STANDARD, Recipe.named("Standard"));
    assertEquals("components", ExperimentFile.open("Components").name());
    var program =
        Program.run(
            "train --data nowhere --layout MvTec --method Aand --protocol LAST-EPOCH --backbone"
                .concat(" Wide_ResNet50_2 --random-teacher --out out")
                .split(" "));
    assertEquals(1, program.exitCode(), "refused for the folder alone: " + program.err());
    assertTrue(program.err().contains("nowhere"), program.err());
  }

  @Test
  void aCommandBelowAnotherHasTheOptionsOfAll() {
    var program = Program.run("weights", "info", "file", "--debug", "--max-memory", "much");
    assertEquals(2, program.exitCode());
    var expected = "aand: Invalid value for option '--max-memory': 'much' is no size";
    assertTrue(program.err().startsWith(expected), program.err());
  }

  @Test
  void theHelpOfTrainSaysWhatAScheduleTakes() {
    var help = Program.run("train", "--help").out();
    assertTrue(help.contains("epochs x images / batch size steps"), help);
    assertTrue(help.contains("about --time-budget, 10 minutes unless said"), help);
    assertFalse(help.lines().anyMatch(line -> line.length() > 100), help);
  }

  /** A longer line would be broken in the middle of an example or of a paragraph. */
  @Test
  void theHelpEndsInLinesThatFit() {
    for (var command : Main.commandLine().getSubcommands().values()) {
      var usage = command.getCommandSpec().usageMessage();
      var footer = List.of(usage.footer());
      for (int i = 0; i < footer.size(); i++) {
        boolean last = i + 1 == footer.size() || footer.get(i + 1).isEmpty();
        boolean wrapped =
            !footer.get(i).startsWith(" ") && (last || footer.get(i + 1).startsWith(" "));
        assertTrue(
            wrapped || footer.get(i).length() <= usage.width(),
            command.getCommandName() + ": " + footer.get(i));
      }
    }
  }

  /** As /dev/full does. */
  @Test
  void outputThatDoesNotArriveIsAFailure() {
    var full =
        new Writer() {
          @Override
          public void write(char[] text, int from, int length) throws IOException {
            throw new IOException("No space left on device");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    for (var command : List.of(List.of("--help"), List.of("completion"), List.of("train", "-h"))) {
      var err = new java.io.StringWriter();
      var words = command.toArray(String[]::new);
      var commandLine = Main.commandLine(words);
      commandLine.setOut(new PrintWriter(full, true));
      commandLine.setErr(new PrintWriter(err, true));
      assertEquals(1, commandLine.execute(words), command.toString());
      assertTrue(
          err.toString().startsWith("aand: standard output cannot be written"), command + "");
      assertEquals(1, err.toString().lines().count());
    }
  }
}
