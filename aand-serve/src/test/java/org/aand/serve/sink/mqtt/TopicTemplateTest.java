package org.aand.serve.sink.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTemplateTest {
  private static final Set<String> KNOWN = Set.of("model", "verdict");

  @ParameterizedTest
  @CsvSource({
    "bottle, aand/bottle/results",
    "Flasche groß, aand/Flasche groß/results",
    "a/b, aand/a%2Fb/results",
    "+, aand/%2B/results",
    "#, aand/%23/results",
    "$SYS, aand/%24SYS/results",
    "50%2F, aand/50%252F/results",
  })
  void aNameIsOneLevel(String model, String topic) {
    var template = TopicTemplate.parse("aand/{model}/results", KNOWN);
    assertEquals(topic, template.topic(Map.of("model", model)));
  }

  @Test
  void placeholdersMayStandAnywhere() {
    var template = TopicTemplate.parse("{model}-{verdict}/{model}", KNOWN);
    assertEquals("a-normal/a", template.topic(Map.of("model", "a", "verdict", "normal")));
  }

  @ParameterizedTest
  @CsvSource({
    "aand/{modl}, there is no placeholder {modl}",
    "aand/{}, there is no placeholder {}",
    "aand/{model, a brace has no counterpart",
    "aand/model}, a brace has no counterpart",
    "aand/#, + and # are for those who subscribe",
    "aand/+/x, + and # are for those who subscribe",
    "$SYS/x, topics that start with $ belong to the broker",
    "'', it is empty",
    "'a\tb', it has a control character",
  })
  void whatIsNoTopicIsRefused(String text, String why) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> TopicTemplate.parse(text, KNOWN));
    assertEquals(why, refused.getMessage());
  }

  /** Any name of a file: a legal topic of the same levels, and another for another name. */
  @Test
  void anyNameGivesALegalTopicOfItsOwn() {
    var random = new Random(7);
    var template = TopicTemplate.parse("{model}/results", KNOWN);
    var names = new HashSet<String>();
    var topics = new HashSet<String>();
    for (int i = 0; i < 2000; i++) {
      var name = new StringBuilder();
      for (int j = random.nextInt(12) + 1; j > 0; j--) {
        int c = random.nextInt(3) == 0 ? random.nextInt(0x110000) : random.nextInt(128);
        name.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 'x' : c);
      }
      names.add(name.toString());
      var topic = template.topic(Map.of("model", name.toString()));
      assertEquals(2, MqttTopic.of(topic).getLevels().size(), topic);
      topics.add(topic);
    }
    assertEquals(names.size(), topics.size());
    assertTrue(names.size() > 1900, "names repeat");
  }
}
