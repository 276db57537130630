// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** What is known of pools as octets. */
final class ViewDocumentTest {
  private static final StoredPool ONE =
      new StoredPool(
          new HandleResolutionResponse(
              false,
              PoolHandle.of("dhcp6-core"),
              Optional.of(hashed(1, 1, 1).policy().ofPool()),
              List.of(hashed(1, 1, 1), hashed(2, 1, 2)),
              Optional.empty()),
          1_767_225_600L);
  private static final StoredPool OTHER =
      new StoredPool(
          new HandleResolutionResponse(
              false,
              new PoolHandle(Bytes.ofHex("00ff")),
              Optional.empty(),
              List.of(hashed(3, 1, 1)),
              Optional.empty()),
          0);

  private static Bytes summed(Bytes body) {
    CRC32C sum = new CRC32C();
    sum.update(body.toArray());
    return new ByteWriter(body.length() + 4).bytes(body).u32(sum.getValue()).toBytes();
  }

  private static void assertRefused(Bytes document, String why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ViewDocument.read(document))
        .withMessageContaining(why);
  }

  @Test
  void poolsReturnFromTheirOctets() {
    List<StoredPool> pools = List.of(ONE, OTHER);

    assertThat(ViewDocument.read(ViewDocument.write(pools))).isEqualTo(pools);
    assertThat(ViewDocument.read(ViewDocument.write(List.of()))).isEmpty();
    assertThat(ViewDocument.read(Bytes.EMPTY)).isEmpty();
  }

  @Test
  void everyChangedOctetIsNoticed() {
    Bytes document = ViewDocument.write(List.of(ONE));
    for (int i = 0; i < document.length(); i++) {
      byte[] octets = document.toArray();
      octets[i] ^= 0x10;
      assertRefused(Bytes.wrap(octets), "it ");
    }
  }

  @Test
  void everyCutIsNoticed() {
    Bytes document = ViewDocument.write(List.of(ONE, OTHER));
    for (int i = 1; i < document.length(); i++) {
      Bytes cut = document.slice(0, i);
      assertThatIllegalArgumentException().isThrownBy(() -> ViewDocument.read(cut));
    }
  }

  @Test
  void whatIsWrongIsSaid() {
    Bytes magic = Bytes.ofUtf8("LHPV");
    assertRefused(Bytes.ofUtf8("this is a text"), "no document");
    assertRefused(summed(head(magic, 2, 0).toBytes()), "version 2, not 1");
    assertRefused(summed(head(magic, 1, 257).toBytes()), "257 pools");
    assertRefused(summed(head(magic, 1, 1).toBytes()), "too early");
    assertRefused(summed(head(magic, 1, 0).u8(0).toBytes()), "too long");
    assertRefused(summed(head(magic, 1, 1).i64(0).u32(0xffff_ffffL).u32(0).toBytes()), "too early");
    Bytes negative =
        HandleResolutionResponse.negative(
                PoolHandle.of("x"), OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE))
            .encode();
    assertRefused(
        summed(head(magic, 1, 1).i64(0).u32(negative.length()).bytes(negative).toBytes()),
        "cannot be read");
  }

  private static ByteWriter head(Bytes magic, int version, int count) {
    return new ByteWriter(64).bytes(magic).u16(version).u16(count);
  }

  @Test
  void noOctetsMakeItFailInAnotherWay() {
    SplittableRandom random = new SplittableRandom(3);
    Bytes whole = ViewDocument.write(List.of(ONE, OTHER));
    Bytes body = whole.slice(0, whole.length() - 4);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = body.toArray();
      octets[4 + random.nextInt(octets.length - 4)] = (byte) random.nextInt();
      try {
        ViewDocument.read(summed(Bytes.wrap(octets)));
      } catch (IllegalArgumentException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
