// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Admission;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.connection.Protection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** By which paths messages may go in clear. */
final class EndsTest {
  private static String refusal(Ends ends, Channel channel) {
    try {
      ends.check(new Protection(channel, true));
      return "";
    } catch (Protection.Refused e) {
      return e.getMessage();
    }
  }

  @Test
  void aChannelMustSayThatItProtectsNothing() {
    Ends ends = FakeWire.ends(List.of("192.0.2.1"), List.of("192.0.2.2"));
    TestChannels channels = new TestChannels("server", Carrier.NETWORK);
    assertThat(refusal(ends, channels)).isEmpty();
    channels.admitting(false);
    assertThat(refusal(ends, channels)).contains("not admitted by the test");
    assertThat(refusal(ends, new TestChannels("server", Carrier.STREAM)))
        .contains("protects hops; use tls:// with it");
  }

  /** One path outside the protected networks is enough for a message to leave them. */
  @Test
  void everyPathMustBeAdmitted() {
    Channel networks = new OnlyInside("192.0.2.");
    assertThat(refusal(FakeWire.ends(List.of("192.0.2.1"), List.of("192.0.2.2")), networks))
        .isEmpty();
    assertThat(
            refusal(
                FakeWire.ends(List.of("192.0.2.1"), List.of("192.0.2.2", "198.51.100.2")),
                networks))
        .contains("198.51.100.2");
    assertThat(
            refusal(
                FakeWire.ends(List.of("192.0.2.1", "198.51.100.1"), List.of("192.0.2.2")),
                networks))
        .contains("198.51.100.1");
    assertThat(refusal(FakeWire.ends(List.of("2001:db8::1"), List.of("192.0.2.2")), networks))
        .contains("no path");
    assertThat(
            refusal(
                FakeWire.ends(
                    List.of("127.0.0.1", "192.0.2.1", "::1", "fe80::1"), List.of("192.0.2.2")),
                networks))
        .as("the peer is not told of addresses that mean nothing to it")
        .isEmpty();
  }

  private static final class OnlyInside implements Channel {
    private final TestChannels clear = new TestChannels("server", Carrier.NETWORK);
    private final String prefix;

    OnlyInside(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Admission admit(HopEnd local, HopEnd remote) {
      for (Ipv6 each : List.of(local.address(), remote.address())) {
        if (!each.toString().startsWith(prefix)) {
          return Admission.refused(each + " is outside");
        }
      }
      return Admission.inClear();
    }

    @Override
    public String name() {
      return clear.name();
    }

    @Override
    public Optional<io.leasehold.security.ChannelProfile> profile() {
      return clear.profile();
    }

    @Override
    public Health health() {
      return clear.health();
    }

    @Override
    public Set<Carrier> carriers() {
      return clear.carriers();
    }

    @Override
    public ChannelEngine newEngine(HandshakeRole role, PeerSelector expected) {
      throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable onChange(Consumer<Change> listener) {
      return () -> {};
    }
  }
}
