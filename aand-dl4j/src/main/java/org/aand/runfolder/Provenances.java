package org.aand.runfolder;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.aand.backend.Backend;
import org.aand.common.ProgramVersion;
import org.aand.report.Provenance;

/** Gathers what one needs to know to repeat a run. */
public final class Provenances {
  private Provenances() {}

  public static Provenance of(
      long seed, String command, Map<String, String> dataHashes, Instant started) {
    return new Provenance(
        seed,
        versions(),
        Backend.describe(),
        Backend.hardware(),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
        Backend.threads(),
        command,
        dataHashes,
        started,
        Instant.now());
  }

  private static Map<String, String> versions() {
    var versions = new LinkedHashMap<String, String>();
    versions.put("aand", ProgramVersion.get());
    versions.put("nd4j", Versions.nd4j());
    return versions;
  }
}
