// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 5352 section 3.6. */
final class AnnouncerTest {
  private static final long SECOND = 1_000_000_000L;
  private static final List<TransportParameter> PLACES =
      List.of(PortTransport.tcp(Ipv6.ofText("2001:db8::1"), 3864));

  private final Set<Long> peers = new HashSet<>();
  private final List<Bytes> sent = new ArrayList<>();
  private boolean ready = true;
  private long now = 7 * SECOND;
  private final Announcer announcer =
      new Announcer(
          PLACES,
          new Announcer.Self() {
            @Override
            public long serverId() {
              return 1;
            }

            @Override
            public boolean isReady() {
              return ready;
            }

            @Override
            public boolean isPeer(long server, long at) {
              return peers.contains(server);
            }
          },
          sent::add,
          now);

  private void hear(long server) {
    announcer.heard(new ServerAnnounce(server, List.of()).encode(), now);
  }

  /** Seconds in which it announced something. */
  private int pass(int seconds, long... heard) {
    sent.clear();
    for (int i = 0; i < seconds; i++) {
      for (long each : heard) {
        hear(each);
      }
      if (announcer.deadline() <= now) {
        announcer.onTimer(now);
      }
      now += SECOND;
    }
    return sent.size();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  @DisplayName("P-104 each of N + 1 registrars announces every N + 1 seconds")
  void theLinkHearsOneASecond(int others) {
    long[] heard = new long[others];
    for (int i = 0; i < others; i++) {
      heard[i] = 100 + i;
      peers.add(heard[i]);
    }
    pass(10, heard);

    assertThat(pass(60, heard)).isEqualTo(60 / (others + 1));
    assertThat(sent.get(0)).isEqualTo(new ServerAnnounce(1, PLACES).encode());
  }

  @Test
  @DisplayName("P-104 who is heard no more does not count")
  void whoIsGoneDoesNotCount() {
    peers.add(2L);
    pass(10, 2);
    pass(20);

    assertThat(pass(60)).isEqualTo(60);
  }

  @Test
  @DisplayName("P-163 strangers who announce do not silence it, nor does it count itself")
  void strangersDoNotSilenceIt() {
    long[] strangers = new long[100];
    for (int i = 0; i < strangers.length; i++) {
      strangers[i] = 1 + i;
    }

    assertThat(pass(60, strangers)).isEqualTo(60);
    announcer.heard(Bytes.ofHex("0a0000"), now);
    announcer.heard(Bytes.EMPTY, now);
  }

  @Test
  @DisplayName("T9 nobody is called while it is not ready")
  void itIsSilentUntilItIsReady() {
    ready = false;
    assertThat(pass(10)).isZero();
    ready = true;
    assertThat(pass(10)).isEqualTo(10);
  }
}
