package org.aand.serve.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.aand.common.InputException;
import org.aand.serve.sink.Login;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class PlantOptionsTest {
  @Command(name = "watch")
  private static final class Watch {
    @Mixin private PlantOptions plant = new PlantOptions();
  }

  private static void check(String... arguments) {
    var command = new Watch();
    var line = new CommandLine(command);
    line.parseArgs(arguments);
    command.plant.check(line.getCommandSpec());
  }

  @ParameterizedTest
  @CsvSource({
    "--mqtt http://broker, '--mqtt has to be mqtt://HOST or, with TLS, mqtts://HOST, each with"
        + " :PORT if it is not the usual one'",
    "--mqtt mqtt://, '--mqtt has to be mqtt://HOST or, with TLS, mqtts://HOST, each with"
        + " :PORT if it is not the usual one'",
    "--mqtt mqtt://host/topic, '--mqtt has to be mqtt://HOST or, with TLS, mqtts://HOST, each with"
        + " :PORT if it is not the usual one'",
    "--mqtt mqtt://u:secret@host, '--mqtt takes no user and password; name the user by --mqtt-user'",
    "--mqtt mqtt://host --mqtt-ca ca.pem, --mqtt-ca needs mqtts:// in --mqtt",
    "--mqtt mqtt://host --mqtt-topic a/{x}, --mqtt-topic a/{x}: there is no placeholder {x}",
    "--mqtt mqtt://host --mqtt-expiry 0, --mqtt-expiry has to be 1 second or more",
    "--mqtt mqtt://host --mqtt-user a, '--mqtt-user needs a password, in --mqtt-password-file or"
        + " the environment'",
    "--opcua 0 --opcua-anonymous, '--opcua has to be a port, 1 to 65535'",
    "--opcua 4840, '--opcua needs to know who may read: name a user by --opcua-user, or allow"
        + " everybody whose certificate is trusted by --opcua-anonymous'",
  })
  void whatCannotBeUsedIsOneLine(String arguments, String message) {
    var wrong =
        assertThrows(CommandLine.ParameterException.class, () -> check(arguments.split(" ")));
    assertEquals(message, wrong.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"--mqtt-topic a, --mqtt=URL", "--opcua-insecure, --opcua=PORT"})
  void optionsOfASinkNeedTheSink(String arguments, String missing) {
    var wrong =
        assertThrows(
            CommandLine.MissingParameterException.class, () -> check(arguments.split(" ")));
    assertTrue(String.valueOf(wrong.getMessage()).contains(missing), wrong.getMessage());
  }

  @Test
  void usualUseIsAccepted() {
    check();
    check("--mqtt", "mqtt://broker");
    check("--mqtt", "mqtts://[::1]:8884", "--mqtt-ca", "ca.pem", "--mqtt-topic", "{verdict}");
    check("--opcua", "4840", "--opcua-anonymous", "--opcua-insecure", "--opcua-host", "0.0.0.0");
  }

  @Test
  void aPasswordComesFromItsFile(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("password"), "s e c\r\nmore\n");
    assertEquals(Optional.of("s e c"), Secret.of(Optional.of(file), "NO_SUCH_VARIABLE"));
    assertEquals(Optional.empty(), Secret.of(Optional.empty(), "NO_SUCH_VARIABLE"));
    var empty = Files.createFile(folder.resolve("empty"));
    assertThrows(InputException.class, () -> Secret.of(Optional.of(empty), "NO_SUCH_VARIABLE"));
    assertEquals("plc", new Login("plc", "secret").toString());
  }
}
