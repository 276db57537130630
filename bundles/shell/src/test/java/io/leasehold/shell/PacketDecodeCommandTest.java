// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static io.leasehold.shell.CommandRun.json;
import static io.leasehold.shell.CommandRun.print;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PacketDecodeCommandTest {
  // Solicit (RFC 8415 8), transaction 0x123456
  private static final String SOLICIT = "01123456";
  // Client Identifier (21.2): DUID-LL, Ethernet
  private static final String CLIENT_ID = "0001000a00030001020000000001";

  @Test
  void hexMayHaveColonsAndSpaces() throws CommandFailure {
    String plain = print(decode(SOLICIT + CLIENT_ID));

    assertThat(plain.lines().findFirst().orElseThrow()).containsIgnoringCase("solicit");
    assertThat(plain).contains("00030001020000000001");
    assertThat(print(decode("01:12:34:56", "0001 000a", "0003000102:0000000001"))).isEqualTo(plain);
  }

  @Test
  void programsGetATree() throws CommandFailure {
    assertThat(print(json(decode(SOLICIT + CLIENT_ID))))
        .startsWith("{\"type\":\"")
        .contains("\"code\":1");
  }

  @Test
  void malformedPacketIsPrintedAsFarAsItGoesAndFails() {
    assertThatThrownBy(() -> print(decode(SOLICIT + CLIENT_ID + "0008000400")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("malformed: ")
        .hasMessageContaining("offset 18");
  }

  @Test
  void definitionsOfOtherBundlesAreUsed() throws CommandFailure {
    OptionDefinitionProvider site =
        () -> List.of(OptionDefinition.of(OptionSpace.DHCP6, 65001, "site-code", "uint16"));

    assertThat(print(decode(SOLICIT + "fde900020007"), site)).contains("site-code (65001): 7");
  }

  @Test
  void fileHoldsHexOrOctets(@TempDir Path directory) throws Exception {
    Path text = Files.writeString(directory.resolve("text"), "01:12:34:56\n" + CLIENT_ID + "\n");
    Path octets = Files.write(directory.resolve("raw"), Bytes.ofHex(SOLICIT + CLIENT_ID).toArray());

    assertThat(print(file(text))).isEqualTo(print(file(octets))).contains("00030001020000000001");
  }

  @Test
  void absentFileAndNonsenseAreNamed(@TempDir Path directory) throws IOException {
    assertThatThrownBy(() -> print(file(directory.resolve("none"))))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("none");
    assertThatThrownBy(() -> print(decode("hello"))).hasMessageContaining("not hex");
    assertThatThrownBy(() -> print(decode())).hasMessageContaining("--file");
  }

  private static PacketDecodeCommand decode(String... hex) {
    PacketDecodeCommand command = new PacketDecodeCommand();
    command.hex = List.of(hex);
    return command;
  }

  private static PacketDecodeCommand file(Path path) {
    PacketDecodeCommand command = new PacketDecodeCommand();
    command.file = path.toString();
    return command;
  }
}
