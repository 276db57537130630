// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViciCodecTest {
  /** As strongSwan 5.9.8 sent it. */
  private static final String POLICY =
      "070b6c6973742d706f6c696379010d72656c617931372f646863703403056368696c640005646863703403036"
          + "96b65000772656c6179313703046d6f646500095452414e53504f525404086c6f63616c2d74730500183130"
          + "2e37372e302e312f33325b7564702f626f6f7470735d06040972656d6f74652d747305001831302e37372e"
          + "302e322f33325b7564702f626f6f7470735d0602";

  @Test
  void readsWhatStrongSwanSends() throws ViciFormatException {
    ViciPacket packet = ViciCodec.decode(Bytes.ofHex(POLICY));

    assertThat(packet.type()).isEqualTo(ViciPacket.Type.EVENT);
    assertThat(packet.name()).isEqualTo("list-policy");
    ViciMessage policy = packet.message().section("relay17/dhcp4");
    assertThat(policy.value("mode")).isEqualTo("TRANSPORT");
    assertThat(policy.list("local-ts")).containsExactly("10.77.0.1/32[udp/bootps]");
    assertThat(ViciCodec.encode(packet).toHex()).isEqualTo(POLICY);
  }

  @Test
  void writesCommands() {
    assertThat(ViciCodec.encode(ViciPacket.request("list-policies", "trap", "yes")).toHex())
        .isEqualTo("000d6c6973742d706f6c69636965730304747261700003796573");
    assertThat(ViciCodec.encode(ViciPacket.register("log")).toHex()).isEqualTo("03036c6f67");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "08", // no such type
        "07", // no name
        "07056c6f67", // the name is longer than the packet
        "0102", // ends a section that did not begin
        "01010161", // a section without end
        "01030161", // no value
        "0103016100056262", // the value is longer than the packet
        "01040161", // a list without end
        "0104016103", // no item in a list
        "0109", // no such element
        "01010161010162010163010164010165010166010167010168010169010170" // too deep
      })
  void refusesWhatIsNoPacket(String hex) {
    assertThatThrownBy(() -> ViciCodec.decode(Bytes.ofHex(hex)))
        .isInstanceOf(ViciFormatException.class);
  }

  @Property(tries = 2000)
  void neverFailsInAnotherWay(@ForAll @Size(max = 200) byte[] octets) {
    try {
      ViciCodec.decode(Bytes.copyOf(octets));
    } catch (ViciFormatException e) {
      assertThat(e).hasMessageMatching(".+");
    }
  }

  @Property(tries = 50)
  void cutsStreamsHoweverTheyArrive(@ForAll @IntRange(min = 1, max = 40) int piece)
      throws ViciFormatException {
    ViciPacket packet =
        new ViciPacket(
            ViciPacket.Type.EVENT,
            "list-sa",
            new ViciMessage(
                Map.of("a", "1"),
                Map.of("l", List.of("x", "y")),
                Map.of("s", ViciMessage.of("k", "v"))));
    ByteBuffer stream = ByteBuffer.allocate(1000);
    for (int i = 0; i < 5; i++) {
      stream.put(ViciFrames.frame(packet));
    }
    stream.flip();
    ViciFrames frames = new ViciFrames();
    List<ViciPacket> found = new ArrayList<>();
    while (stream.hasRemaining()) {
      int count = Math.min(piece, stream.remaining());
      ByteBuffer part = stream.slice(stream.position(), count);
      stream.position(stream.position() + count);
      for (Optional<ViciPacket> each = frames.take(part);
          each.isPresent();
          each = frames.take(part)) {
        found.add(each.get());
      }
    }
    assertThat(found).hasSize(5).containsOnly(packet);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 512 * 1024 + 1, Integer.MAX_VALUE})
  void refusesLengthsBeforeItReservesMemory(int length) {
    ByteBuffer stream = ByteBuffer.allocate(4).putInt(length).flip();
    assertThatThrownBy(() -> new ViciFrames().take(stream))
        .isInstanceOf(ViciFormatException.class)
        .hasMessageContaining("524288");
  }
}
