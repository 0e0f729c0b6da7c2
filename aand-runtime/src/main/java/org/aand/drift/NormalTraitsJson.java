package org.aand.drift;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;

/** Traits of normal images in a manifest. */
public final class NormalTraitsJson {
  private static final String THUMBNAIL = "thumbnail";

  private NormalTraitsJson() {}

  /** The values of every trait by its key, and the mean thumbnail in Base64, a byte a pixel. */
  public static ObjectNode write(NormalTraits traits) {
    var node = JsonNodeFactory.instance.objectNode();
    traits
        .values()
        .forEach(
            (trait, values) -> {
              var array = node.putArray(trait.key());
              values.forEach(value -> array.add(value));
            });
    float[] pixels = traits.mean().values();
    byte[] bytes = new byte[pixels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(pixels[i]);
    }
    return node.put(THUMBNAIL, Base64.getEncoder().encodeToString(bytes));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static NormalTraits read(JsonNode node) {
    var all = new EnumMap<Trait, List<Float>>(Trait.class);
    for (var trait : Trait.values()) {
      var values = new ArrayList<Float>();
      for (var value : node.path(trait.key())) {
        values.add((float) value.asDouble(Double.NaN));
      }
      all.put(trait, values);
    }
    byte[] bytes = Base64.getDecoder().decode(node.path(THUMBNAIL).asText());
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = bytes[i] & 0xFF;
    }
    return new NormalTraits(all, new Thumbnail(pixels));
  }
}
