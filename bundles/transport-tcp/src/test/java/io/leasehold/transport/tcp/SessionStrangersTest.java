// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.connection.ConnectionLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections of a place where anybody may connect, as at a registrar (RFC 5355 section 2.1). */
final class SessionStrangersTest extends HopHosts {
  private static final int ADDRESSES = 10;

  private final RecordedSessions user = new RecordedSessions();

  @Override
  protected HopTransport transport(Channels channels) {
    TcpSettings usual = QuickSettings.QUICK;
    ConnectionLimits limits = new ConnectionLimits(256, 1 << 20, 32 << 20, 1000, 1);
    return new TcpHopTransport(
        channels,
        List::of,
        new TcpSettings(usual.threads(), usual.silentMessages(), limits, usual.times()));
  }

  @Override
  protected Carrier carrier() {
    return Carrier.NETWORK; // provider none
  }

  private Binding listening() {
    HopLimits limits =
        new HopLimits(
            50, 50, 50, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ZERO, Duration.ZERO);
    ListenSpec spec =
        new ListenSpec(
            Application.ASAP,
            List.of("127.0.0.1"),
            port(),
            TestChannels.PROFILE,
            PeerSelector.anyOf(PeerRole.POOL_ELEMENT),
            limits,
            true);
    Binding binding = ((SessionTransport) server()).accept(spec, false, user);
    open.push(binding);
    return binding;
  }

  private void connect(String from) {
    Await.until(
        PATIENCE,
        () -> {
          Socket socket = new Socket();
          open.push(socket);
          try {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.connect(new InetSocketAddress("127.0.0.1", port()));
            return true;
          } catch (IOException e) {
            return false; // it does not listen yet
          }
        });
  }

  private static long of(Binding binding, String counter) {
    return binding.counters().get(counter);
  }

  @Test
  void manyAddressesBeginOnlySoMuchTogether() {
    Binding binding = listening();

    for (int i = 0; i < ADDRESSES; i++) {
      connect("127.0.0." + (2 + i));
    }

    Await.until(PATIENCE, () -> of(binding, "refused-strangers-rate") > 0);
    assertThat(of(binding, "accepted")).isPositive();
  }

  @Test
  void anAddressThatIsExpectedIsNoStranger() {
    user.expecting(true);
    Binding binding = listening();

    for (int i = 0; i < ADDRESSES; i++) {
      connect("127.0.0.1");
    }

    Await.until(PATIENCE, () -> of(binding, "accepted") == ADDRESSES);
    assertThat(of(binding, "refused-strangers-rate")).isZero();
  }
}
