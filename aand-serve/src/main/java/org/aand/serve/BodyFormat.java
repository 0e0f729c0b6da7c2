package org.aand.serve;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.aand.common.PrintableName;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.content.ByteBufferContentSource;

/**
 * How a body holds its image: as it is, or as the one file of a form. Other ways that clients are
 * known to try are refused by name, whether a header or the body itself gives them away.
 */
final class BodyFormat {
  private static final String ADVICE =
      "; send the image file itself (curl --data-binary @part.png), or as the one file of a form"
          + " (curl -F file=@part.png)";
  private static final String UNNAMED = "upload";
  private static final int MAX_PARTS = 16;
  private static final int MAX_PART_HEADERS = 8192;
  private static final List<String> BASE64 = List.of("data:image/", "iVBORw0KGgo", "/9j/", "Qk0");

  /** The form's content type with its boundary; empty for a body that is the image. */
  private final String form;

  private BodyFormat(String form) {
    this.form = form;
  }

  /**
   * What the headers say.
   *
   * @throws Refusal for encodings and types that are known and not read
   */
  static BodyFormat of(HttpFields headers) {
    for (String encoding : headers.getValuesList(HttpHeader.CONTENT_ENCODING)) {
      if (!encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
        throw Refusal.unsupported(
            "a body with Content-Encoding " + PrintableName.of(encoding) + " is not read" + ADVICE);
      }
    }
    var full = headers.get(HttpHeader.CONTENT_TYPE);
    var type = HttpField.getValueParameters(full == null ? "" : full, null);
    type = type == null ? "" : type.strip().toLowerCase(Locale.ROOT);
    if (type.equals("multipart/form-data")) {
      return new BodyFormat(full);
    }
    if (type.startsWith("multipart/")) {
      throw Refusal.unsupported(PrintableName.of(type) + " is not read" + ADVICE);
    }
    if (type.endsWith("/json") || type.endsWith("+json")) {
      throw json();
    }
    return new BodyFormat("");
  }

  /**
   * The image file within a body.
   *
   * @throws Refusal if there is none, or several, or it is wrapped in a way that is not read
   */
  Upload image(byte[] body) {
    var upload = form.isEmpty() ? new Upload(UNNAMED, body) : onlyFile(body);
    refuseWrapped(upload.bytes());
    return upload;
  }

  /**
   * An image file that was sent.
   *
   * @param name as the form has it
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Upload(String name, byte[] bytes) {}

  private Upload onlyFile(byte[] body) {
    var boundary = MultiPart.extractBoundary(form);
    if (boundary == null) {
      throw Refusal.badRequest("multipart/form-data without a boundary");
    }
    var parser = new MultiPartFormData.Parser(boundary);
    parser.setMaxParts(MAX_PARTS);
    parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
    // The body is in memory already and its size was checked: nothing goes to files.
    parser.setMaxMemoryFileSize(-1);
    parser.setMaxLength(-1);
    try (var parts = parser.parse(new ByteBufferContentSource(ByteBuffer.wrap(body))).join()) {
      var part = onlyFile(parts);
      return new Upload(part.getFileName(), bytes(part));
    } catch (CompletionException e) {
      throw Refusal.badRequest("the form is damaged: " + cause(e));
    }
  }

  private static MultiPart.Part onlyFile(MultiPartFormData.Parts parts) {
    var files = new ArrayList<MultiPart.Part>();
    for (var part : parts) {
      if (part.getFileName() == null) {
        throw Refusal.badRequest(
            "the form has the field "
                + PrintableName.of(String.valueOf(part.getName()))
                + ", which is no file; send one file (curl -F file=@part.png), and ask for a"
                + " heatmap by ?heatmap=true");
      }
      files.add(part);
    }
    if (files.size() != 1) {
      throw Refusal.badRequest(
          "the form has " + (files.isEmpty() ? "no" : files.size()) + " files; send one a request");
    }
    return files.get(0);
  }

  private static byte[] bytes(MultiPart.Part part) {
    try {
      var buffer = Content.Source.asByteBuffer(part.newContentSource(null, 0, -1));
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw Refusal.badRequest("the form is damaged: " + cause(e));
    }
  }

  private static String cause(Exception e) {
    var cause = e.getCause() == null ? e : e.getCause();
    return PrintableName.of(String.valueOf(cause.getMessage()));
  }

  private static void refuseWrapped(byte[] image) {
    if (image.length > 2 && (image[0] & 0xFF) == 0x1F && (image[1] & 0xFF) == 0x8B) {
      throw Refusal.unsupported("the body is compressed by gzip" + ADVICE);
    }
    var beginning = new String(image, 0, Math.min(image.length, 200), StandardCharsets.ISO_8859_1);
    beginning = beginning.strip();
    if (beginning.startsWith("{") || beginning.startsWith("[")) {
      throw json();
    }
    if (BASE64.stream().anyMatch(beginning::startsWith)) {
      throw Refusal.unsupported("the image is encoded as base64" + ADVICE);
    }
    if (beginning.startsWith("--") && beginning.contains("form-data")) {
      throw Refusal.unsupported(
          "the body is a form, but its Content-Type is not multipart/form-data" + ADVICE);
    }
  }

  private static Refusal json() {
    return Refusal.unsupported("an image within JSON is not read" + ADVICE);
  }
}
