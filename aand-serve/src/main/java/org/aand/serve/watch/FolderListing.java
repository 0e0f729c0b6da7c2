package org.aand.serve.watch;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.aand.common.PrintableName;
import org.aand.common.file.IoReason;
import org.aand.common.listing.FileNames;
import org.aand.common.listing.ImageFolder;
import org.aand.serve.sink.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files below a folder that may be images: no hidden ones, none with a name that programs
 * give to files they are still writing, none of those that lie about among images. A listing finds
 * what is on a network drive too, where the system announces no changes.
 */
final class FolderListing {
  private static final Set<String> UNFINISHED =
      Set.of(
          "part",
          "partial",
          "tmp",
          "temp",
          "filepart",
          "crdownload",
          "download",
          "upload",
          "uploading",
          "writing",
          "lock",
          "swp");

  private final Path folder;
  private final Set<Path> leftOut;
  private final Problems problems;

  /**
   * @param leftOut folders that are not listed
   */
  FolderListing(Path folder, Set<Path> leftOut, Problems problems) {
    this.folder = folder;
    this.leftOut = leftOut;
    this.problems = problems;
  }

  /**
   * The files that are there.
   *
   * @throws IOException if the folder itself cannot be listed
   */
  List<FileStamp> files() throws IOException {
    var files = new ArrayList<FileStamp>();
    // A link to the folder is followed, those below are not.
    var real = folder.toRealPath();
    Files.walkFileTree(real, new Visitor(real, files));
    return files;
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<FileStamp> files;

    Visitor(Path root, List<FileStamp> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) {
      return entry.equals(root) || !(isHidden(entry) || leftOut.contains(entry))
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes)
        throws IOException {
      if (isHidden(entry) || isUnfinished(entry) || ImageFolder.isBystander(entry)) {
        return FileVisitResult.CONTINUE;
      }
      var problem = FileNames.problem(entry);
      if (problem.isPresent()) {
        var name = PrintableName.of(entry.toString());
        problems.occurred("name " + name, name + " " + problem.get());
        return FileVisitResult.CONTINUE;
      }
      if (!attributes.isSymbolicLink()) {
        return add(entry, attributes);
      }
      try {
        return add(entry, Files.readAttributes(entry, BasicFileAttributes.class));
      } catch (IOException e) {
        return visitFileFailed(entry, e); // a link to itself or to nothing concerns no other file
      }
    }

    private FileVisitResult add(Path entry, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        var name = root.relativize(entry).toString().replace(File.separatorChar, '/');
        files.add(FileStamp.of(name, attributes));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path entry, IOException e) throws IOException {
      if (entry.equals(root)) {
        throw e;
      }
      if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
        var name = PrintableName.of(entry.toString());
        problems.occurred("list " + name, "cannot read " + name + ": " + IoReason.of(e));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path entry, @Nullable IOException e)
        throws IOException {
      return e == null ? FileVisitResult.CONTINUE : visitFileFailed(entry, e);
    }
  }

  private static boolean isHidden(Path entry) {
    return ImageFolder.fileName(entry).startsWith(".");
  }

  private static boolean isUnfinished(Path entry) {
    var name = ImageFolder.fileName(entry).toLowerCase(Locale.ROOT);
    return name.endsWith("~")
        || name.startsWith("~")
        || (name.contains(".") && UNFINISHED.contains(name.substring(name.lastIndexOf('.') + 1)));
  }
}
