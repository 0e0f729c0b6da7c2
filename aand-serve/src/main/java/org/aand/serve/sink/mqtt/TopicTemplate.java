package org.aand.serve.sink.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An MQTT topic with placeholders in braces, such as {@code aand/{model}/results}.
 *
 * <p>A value never adds a level or a wildcard: {@code / + # $ %}, control characters and unpaired
 * surrogates are written as the percent-encoded bytes of their UTF-8 form, so that different values
 * give different topics.
 *
 * @see <a href="https://docs.oasis-open.org/mqtt/mqtt/v5.0/mqtt-v5.0.html#_Toc3901241">MQTT 5.0,
 *     4.7 Topic Names and Topic Filters</a>
 */
final class TopicTemplate {
  /** More is refused, so that values of any length that files may have leave a legal topic. */
  private static final int MOST_CHARACTERS = 1000;

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  private final List<String> literals;
  private final List<String> names;

  private TopicTemplate(List<String> literals, List<String> names) {
    this.literals = List.copyOf(literals);
    this.names = List.copyOf(names);
  }

  /**
   * @param text the topic
   * @param known the placeholders that there are
   * @throws IllegalArgumentException saying what is wrong, if this is no topic to publish to
   */
  static TopicTemplate parse(String text, Set<String> known) {
    var literals = new ArrayList<String>();
    var names = new ArrayList<String>();
    var matcher = PLACEHOLDER.matcher(text);
    int end = 0;
    while (matcher.find()) {
      literals.add(text.substring(end, matcher.start()));
      names.add(matcher.group(1));
      end = matcher.end();
    }
    literals.add(text.substring(end));
    for (var name : names) {
      require(known.contains(name), "there is no placeholder {" + name + "}");
    }
    require(!text.isEmpty(), "it is empty");
    require(text.length() <= MOST_CHARACTERS, "it is longer than " + MOST_CHARACTERS);
    require(!text.startsWith("$"), "topics that start with $ belong to the broker");
    for (var literal : literals) {
      require(literal.chars().noneMatch(c -> c == '{' || c == '}'), "a brace has no counterpart");
      require(
          literal.chars().noneMatch(c -> c == '+' || c == '#'),
          "+ and # are for those who subscribe");
      require(
          encoded(literal.replaceAll("[/$%]", "")).indexOf('%') < 0, "it has a control character");
    }
    return new TopicTemplate(literals, names);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }

  /** The topic for these values, one for each placeholder. */
  String topic(Map<String, String> values) {
    var topic = new StringBuilder(literals.get(0));
    for (int i = 0; i < names.size(); i++) {
      topic.append(encoded(values.getOrDefault(names.get(i), "")));
      topic.append(literals.get(i + 1));
    }
    return topic.toString();
  }

  private static String encoded(String value) {
    var level = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                level.appendCodePoint(c);
              } else {
                for (byte b : Character.toString(c).getBytes(UTF_8)) {
                  level.append('%').append(HEX.toHexDigits(b));
                }
              }
            });
    return level.toString();
  }

  private static boolean isPlain(int c) {
    boolean noncharacter = (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
    return "/+#$%".indexOf(c) < 0
        && !Character.isISOControl(c)
        && !noncharacter
        && Character.getType(c) != Character.SURROGATE;
  }
}
