package org.aand.cli;

import java.nio.file.Path;
import org.aand.io.dataset.LayoutChoice;
import picocli.CommandLine.Option;

/** The options that every command on a data set has. */
final class DataOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set, in MVTec AD's layout.")
  Path data;

  @Option(
      names = "--layout",
      paramLabel = "auto|mvtec|visa|mvtec3d|folder",
      defaultValue = "auto",
      description = "How it lies there (default: auto, found out from the content).")
  LayoutChoice layout;

  @Option(
      names = "--category",
      required = true,
      paramLabel = "NAME",
      description = "Category in it; . if the folder itself is the category.")
  String category;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN_DIR",
      description = "Run folder to write; must not exist.")
  Path out;

  @Option(
      names = "--skip-bad",
      description = "Report and leave out test pictures that cannot be used.")
  boolean skipBad;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DataOptions() {}
}
