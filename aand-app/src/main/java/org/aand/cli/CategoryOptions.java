package org.aand.cli;

import java.nio.file.Path;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.DatasetLayout;
import org.aand.io.dataset.LayoutChoice;
import picocli.CommandLine.Option;

/** The options that name a category of a data set. */
class CategoryOptions {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the data set.")
  Path data;

  @Option(
      names = "--layout",
      paramLabel = "auto|mvtec|visa|mvtec3d|folder",
      defaultValue = "auto",
      description =
          "Layout of the data set (default: auto, recognised by its content); mvtec is MVTec LOCO"
              + " AD's too.")
  LayoutChoice layout;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      defaultValue = DatasetLayout.ITSELF,
      description = "Category of the data set (default: the folder itself is the category).")
  String category;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CategoryOptions() {}

  /** Lists the category's images. */
  Category open() {
    return layout.at(data).open(category);
  }
}
