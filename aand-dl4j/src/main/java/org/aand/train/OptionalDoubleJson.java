package org.aand.train;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.OptionalDouble;

/** An optional number in JSON: the number, or null. */
final class OptionalDoubleJson extends SimpleModule {
  private static final long serialVersionUID = 1L;

  OptionalDoubleJson() {
    addSerializer(OptionalDouble.class, new Writer());
    addDeserializer(OptionalDouble.class, new Reader());
  }

  private static final class Writer extends StdSerializer<OptionalDouble> {
    private static final long serialVersionUID = 1L;

    Writer() {
      super(OptionalDouble.class);
    }

    @Override
    public void serialize(OptionalDouble value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      if (value.isPresent()) {
        out.writeNumber(value.getAsDouble());
      } else {
        out.writeNull();
      }
    }
  }

  private static final class Reader extends StdDeserializer<OptionalDouble> {
    private static final long serialVersionUID = 1L;

    Reader() {
      super(OptionalDouble.class);
    }

    @Override
    public OptionalDouble deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      return OptionalDouble.of(in.getDoubleValue());
    }

    @Override
    public OptionalDouble getNullValue(DeserializationContext context) {
      return OptionalDouble.empty();
    }
  }
}
