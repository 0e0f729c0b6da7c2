package org.aand.runfolder;

import java.util.List;
import org.aand.common.file.AtomicFile;
import org.aand.report.ResultJson;
import org.aand.report.page.Report;
import org.aand.report.page.ReportPage;

/** What every run folder holds beside the model. */
public final class ResultFolder {
  private ResultFolder() {}

  public static void write(RunFolder folder, AtomicFile.Content config, Report.Run run) {
    AtomicFile.write(folder.file(RunFolder.CONFIG), config);
    ResultJson.write(run.result(), folder.file(RunFolder.RESULT));
    ReportPage.write(
        new Report(run.result().category(), List.of(run)), folder.file(RunFolder.REPORT));
  }
}
