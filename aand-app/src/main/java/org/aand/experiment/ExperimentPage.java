package org.aand.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.backend.Backend;
import org.aand.common.InputException;
import org.aand.common.ProgramVersion;
import org.aand.common.file.IoReason;
import org.aand.report.experiment.Cells;
import org.aand.report.experiment.figure.Figure;
import org.aand.report.experiment.figure.FigureJson;
import org.aand.report.page.experiment.ExperimentReport;
import org.aand.runfolder.Versions;

/** The report of all that an output folder holds. */
final class ExperimentPage {
  private static final String TITLE = "The paper's experiments";

  private ExperimentPage() {}

  /**
   * Writes it.
   *
   * @param request whose settings all runs of the folder share
   * @param costs how the times of Table VIII were measured
   * @param figures the folder of figures
   * @param out where to
   */
  static void write(
      ExperimentRequest request, Cells cells, List<String> costs, Path figures, Path out) {
    new ExperimentReport(
            TITLE,
            setup(request),
            facts(request),
            notices(request),
            cells,
            figures(figures),
            Map.of("complexity", costs))
        .write(out);
  }

  private static String setup(ExperimentRequest request) {
    return (request.teacher().trained() ? "" : "random ")
        + request.backbone().name()
        + ", "
        + request.training().stage1Epochs()
        + " and "
        + request.training().stage2Epochs()
        + " epochs";
  }

  private static Map<String, String> facts(ExperimentRequest request) {
    var facts = new LinkedHashMap<>(request.settings());
    facts.put("aand", ProgramVersion.get());
    facts.put("nd4j", Versions.nd4j());
    facts.put("backend", Backend.describe());
    facts.put("machine", Backend.hardware());
    facts.put("threads", Integer.toString(Backend.threads()));
    facts.put("command", request.commandLine());
    return facts;
  }

  private static List<ExperimentReport.Notice> notices(ExperimentRequest request) {
    return request.teacher().trained()
        ? List.of()
        : List.of(
            new ExperimentReport.Notice(
                "The teacher is random",
                "No trained weights were given, so the metrics show that the program works, not how"
                    + " well it detects."));
  }

  private static List<Figure> figures(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    var files = new ArrayList<Path>();
    try (var all = Files.newDirectoryStream(folder, "*.json")) {
      all.forEach(files::add);
    } catch (IOException e) {
      throw new InputException(
          "the figures in " + folder + " cannot be listed (" + IoReason.of(e) + ")", e);
    }
    Collections.sort(files);
    return files.stream().map(FigureJson::read).toList();
  }
}
