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

  // DHCPDISCOVER (RFC 2131 2) with broadcast flag, of 02:00:00:00:00:01
  private static final String DISCOVER =
      "01010600123456780000800000000000000000000000000000000000"
          + "02000000000100000000000000000000"
          + "00".repeat(64 + 128)
          + "63825363"
          + "350101";

  @Test
  void dhcp4IsKnownByItsCookie() throws CommandFailure {
    assertThat(print(decode(DISCOVER + "3d0701020000000001ff")))
        .startsWith("discover ")
        .contains("0x12345678", "broadcast", "02:00:00:00:00:01", "(61)");
    assertThat(print(json(decode(DISCOVER + "ff"))))
        .startsWith("{\"family\":\"v4\",\"type\":\"discover\"");
  }

  @Test
  void familyThatIsGivenIsBelieved() throws CommandFailure {
    PacketDecodeCommand noCookie = json(decode(DISCOVER.replace("63825363", "00000000"), "--v4"));
    assertThat(print(noCookie)).startsWith("{\"family\":\"v4\",\"type\":\"bootp\"");

    PacketDecodeCommand v6 = decode(DISCOVER);
    v6.v6 = true;
    assertThatThrownBy(() -> print(v6)).hasMessageStartingWith("malformed: ");
    v6.v4 = true;
    assertThatThrownBy(() -> print(v6)).hasMessageContaining("--v6 or --v4");
    assertThat(print(json(decode(SOLICIT)))).startsWith("{\"family\":\"v6\",\"type\":\"solicit\"");
  }

  @Test
  void malformedDhcp4PacketFailsToo() {
    assertThatThrownBy(() -> print(decode(DISCOVER + "3d0701")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageStartingWith("malformed: option-overrun");
  }

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
        .startsWith("{\"family\":\"v6\",\"type\":\"")
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
        () ->
            List.of(
                OptionDefinition.of(OptionSpace.DHCP6, 65001, "site-code", "uint16"),
                OptionDefinition.of(OptionSpace.DHCP4, 224, "site-code", "uint16"));

    assertThat(print(decode(SOLICIT + "fde900020007"), site)).contains("site-code (65001): 7");
    assertThat(print(decode(DISCOVER + "e0020007ff"), site)).contains("site-code (224): 7");
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
