// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  @Test
  void fieldsReturnAsWritten() {
    Bytes octets =
        new ByteWriter(1)
            .u8(0xfe)
            .u16(0xfedc)
            .u24(0xfedcba)
            .u32(0xfedcba98L)
            .i64(-2)
            .ipv4(Ipv4.ofText("192.0.2.1"))
            .ipv6(Ipv6.ofText("2001:db8::1"))
            .bytes(Bytes.of(1, 2, 3))
            .toBytes();
    ByteReader in = new ByteReader(octets);

    assertThat(in.u8()).isEqualTo(0xfe);
    assertThat(in.u16()).isEqualTo(0xfedc);
    assertThat(in.u24()).isEqualTo(0xfedcba);
    assertThat(in.u32()).isEqualTo(0xfedcba98L);
    assertThat(in.i64()).isEqualTo(-2);
    assertThat(in.ipv4()).hasToString("192.0.2.1");
    assertThat(in.ipv6()).hasToString("2001:db8::1");
    assertThat(in.bytes(1)).isEqualTo(Bytes.of(1));
    assertThat(in.rest()).isEqualTo(Bytes.of(2, 3));
    assertThat(in.hasRemaining()).isFalse();
    in.expectEnd();
  }

  @Test
  void nothingIsReadBeyondTheEnd() {
    List<Consumer<ByteReader>> reads =
        List.of(
            ByteReader::u8,
            ByteReader::u16,
            ByteReader::u24,
            ByteReader::u32,
            ByteReader::i64,
            ByteReader::ipv4,
            ByteReader::ipv6,
            ByteReader::domainName,
            ByteReader::partialDomainName,
            in -> in.bytes(1),
            in -> in.bytes(Integer.MAX_VALUE),
            in -> in.bytes(-1));
    // The octets around the slice must not be seen.
    Bytes source = Bytes.of(0, 0, 7, 0, 0, 0).slice(2, 3);
    for (Consumer<ByteReader> read : reads) {
      ByteReader in = new ByteReader(source);
      in.u8();
      assertThatThrownBy(() -> read.accept(in))
          .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
          .returns(MalformedReason.TRUNCATED, MalformedPacketException::reason)
          .returns(3, MalformedPacketException::offset);
    }
  }

  @Test
  void refusalTellsWhyWhereAndInsideWhat() {
    MalformedPacketException refusal =
        new MalformedPacketException(MalformedReason.PREFIX_LENGTH, 42)
            .inside("iaprefix")
            .inside("ia-pd");

    assertThat(refusal).hasMessage("prefix-length at offset 42 in ia-pd/iaprefix");
    assertThat(refusal.path()).isEqualTo("ia-pd/iaprefix");
    assertThat(refusal.getStackTrace()).isEmpty();
  }

  @Test
  void reasonsHaveStableWordsOfTheirOwn() {
    assertThat(MalformedReason.values())
        .extracting(MalformedReason::word)
        .doesNotHaveDuplicates()
        .allMatch(word -> word.matches("[a-z]+(-[a-z]+)*"));
  }

  @Test
  void numberThatDoesNotFitIsNotWritten() {
    ByteWriter out = new ByteWriter(4);

    assertThatThrownBy(() -> out.u8(256)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> out.u16(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> out.u24(1 << 24)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> out.u32(1L << 32)).isInstanceOf(IllegalArgumentException.class);
    assertThat(out.length()).isZero();
  }
}
