package org.aand.weights.torch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.PrintableName;
import org.jspecify.annotations.Nullable;

/** The JSON at the start of a safetensors file, read token by token so that it stays small. */
final class SafeTensorsHeader {
  /** What the header says about a tensor: its bytes are those from begin to before end. */
  record Entry(String name, ElementType type, List<Long> shape, long begin, long end) {}

  private static final int MAX_TENSORS = 20_000;
  private static final int MAX_NUMBERS = 8;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private SafeTensorsHeader() {}

  /**
   * The tensors in the header's order.
   *
   * @throws TorchCheckpointException if it is anything but what the format says
   */
  static List<Entry> parse(byte[] header) throws IOException, TorchCheckpointException {
    var entries = new ArrayList<Entry>();
    try (var json = JSON.createParser(header)) {
      require(json.nextToken() == JsonToken.START_OBJECT);
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var name = json.currentName();
        require(json.nextToken() == JsonToken.START_OBJECT);
        if (name.equals("__metadata__")) {
          skipTexts(json);
        } else {
          entries.add(entry(json, name));
        }
        if (entries.size() > MAX_TENSORS) {
          throw new TorchCheckpointException("it has more than " + MAX_TENSORS + " tensors");
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
    } catch (StreamReadException e) {
      throw new TorchCheckpointException("its header is not the JSON of safetensors", e);
    }
    return entries;
  }

  private static Entry entry(JsonParser json, String name)
      throws IOException, TorchCheckpointException {
    ElementType type = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> {
          require(json.currentToken() == JsonToken.VALUE_STRING);
          type = type(json.getText(), name);
        }
        case "shape" -> shape = numbers(json);
        case "data_offsets" -> offsets = numbers(json);
        default -> throw wrong();
      }
    }
    require(json.currentToken() == JsonToken.END_OBJECT);
    if (type == null || shape == null || offsets == null || offsets.size() != 2) {
      throw new TorchCheckpointException(
          "tensor " + PrintableName.of(name) + " lacks its dtype, shape or data_offsets");
    }
    return new Entry(name, type, shape, offsets.get(0), offsets.get(1));
  }

  private static ElementType type(@Nullable String name, String tensor)
      throws TorchCheckpointException {
    var type = ElementType.ofSafetensors(String.valueOf(name));
    if (type.isEmpty()) {
      throw new TorchCheckpointException(
          "tensor "
              + PrintableName.of(tensor)
              + " is of the type "
              + PrintableName.of(String.valueOf(name))
              + ", which is not read");
    }
    return type.get();
  }

  private static List<Long> numbers(JsonParser json) throws IOException, TorchCheckpointException {
    require(json.currentToken() == JsonToken.START_ARRAY);
    var numbers = new ArrayList<Long>();
    while (json.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      require(json.getNumberType() != JsonParser.NumberType.BIG_INTEGER);
      numbers.add(json.getLongValue());
      require(json.getLongValue() >= 0 && numbers.size() <= MAX_NUMBERS);
    }
    require(json.currentToken() == JsonToken.END_ARRAY);
    return numbers;
  }

  private static void skipTexts(JsonParser json) throws IOException, TorchCheckpointException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      require(json.nextToken() == JsonToken.VALUE_STRING);
    }
    require(json.currentToken() == JsonToken.END_OBJECT);
  }

  private static void require(boolean right) throws TorchCheckpointException {
    if (!right) {
      throw wrong();
    }
  }

  private static TorchCheckpointException wrong() {
    return new TorchCheckpointException("its header is not that of a safetensors file");
  }
}
