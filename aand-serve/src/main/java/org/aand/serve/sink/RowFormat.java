package org.aand.serve.sink;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** How a file holds results: a row for each, the id first. */
public enum RowFormat {
  /** JSON, an object a line. */
  JSON_LINES("") {
    @Override
    String row(ResultRecord result) {
      return result.json();
    }

    @Override
    String id(String row) {
      return row.startsWith(JSON_ID) ? until('"', row.substring(JSON_ID.length())) : "";
    }
  },

  /** CSV (RFC 4180) in UTF-8, with a header; a name may hold a line's end, within quotes. */
  CSV(ResultRecord.csvHeader()) {
    @Override
    String row(ResultRecord result) {
      return result.csv();
    }

    @Override
    String id(String row) {
      return until(',', row);
    }
  };

  private static final String JSON_ID = "{\"id\":\"";
  private static final int BUFFER = 1 << 16;

  private final String header;

  RowFormat(String header) {
    this.header = header;
  }

  /** The first line of each file; empty if there is none. */
  final String header() {
    return header;
  }

  /** A result as a row without its end. */
  abstract String row(ResultRecord result);

  /** The id of a result from its row; empty if the row is none. */
  abstract String id(String row);

  private static String until(char end, String text) {
    int at = text.indexOf(end);
    return at < 0 ? "" : text.substring(0, at);
  }

  /**
   * Reads all whole rows of a file, without their ends; the header is one of them.
   *
   * @return length in bytes of the whole rows; what is beyond is part of one
   */
  public final long read(Path file, Consumer<String> rows) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      var row = new ByteArrayOutputStream();
      boolean quoted = false;
      long length = 0;
      long whole = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        length++;
        quoted ^= b == '"' && this == CSV;
        if (b == '\n' && !quoted) {
          rows.accept(row.toString(StandardCharsets.UTF_8));
          row.reset();
          whole = length;
        } else {
          row.write(b);
        }
      }
      return whole;
    }
  }
}
