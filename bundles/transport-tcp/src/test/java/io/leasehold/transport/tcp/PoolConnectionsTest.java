// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channels;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.HopHosts;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.Binding;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Octets of ASAP and ENRP in a stream, in clear where both sides have acknowledged that. */
final class PoolConnectionsTest extends HopHosts {
  private static final Bytes RESOLUTION = Bytes.ofHex("0501000d000900096468637034");
  private static final Bytes PADDING = Bytes.ofHex("ffffff");

  private final RecordedSessions user = new RecordedSessions();

  @Override
  protected HopTransport transport(Channels channels) {
    return new TcpHopTransport(channels, List::of, QuickSettings.QUICK);
  }

  @Override
  protected Carrier carrier() {
    return Carrier.NETWORK; // provider none
  }

  private Binding accept(Duration frame) {
    HopLimits limits =
        new HopLimits(8, 8, 8, Duration.ofMinutes(5), frame, Duration.ZERO, Duration.ZERO);
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

  private Socket client() {
    Socket[] made = new Socket[1];
    Await.until(
        PATIENCE,
        () -> {
          try {
            made[0] = new Socket(InetAddress.getByName("127.0.0.1"), port());
            return true;
          } catch (IOException e) {
            return false; // it does not listen yet
          }
        });
    open.push(made[0]);
    return made[0];
  }

  private static void awaitCount(Binding binding, String counter) {
    Await.until(PATIENCE, () -> binding.counters().get(counter) == 1);
  }

  /** P-026. */
  @Test
  void messagesAreFoundOctetByOctet() throws IOException {
    accept(Duration.ofMinutes(5));
    Socket client = client();
    client.setTcpNoDelay(true);
    for (int i = 0; i < 3; i++) {
      for (Bytes part : List.of(RESOLUTION, PADDING)) {
        for (byte octet : part.toArray()) {
          client.getOutputStream().write(octet);
          client.getOutputStream().flush();
        }
      }
    }
    user.awaitMessages(3);
    assertThat(user.messages()).isEqualTo(Collections.nCopies(3, RESOLUTION));
    assertThat(user.opened().get(0).assurance()).isEqualTo(Assurance.NONE);
    assertThat(user.opened().get(0).peer()).isEmpty();
  }

  /** P-026. */
  @Test
  void twentyMessagesMayComeInOneSegment() throws IOException {
    accept(Duration.ofMinutes(5));
    byte[] all = Bytes.ofHex((RESOLUTION.toHex() + PADDING.toHex()).repeat(20)).toArray();
    client().getOutputStream().write(all);
    user.awaitMessages(20);
    assertThat(user.messages()).isEqualTo(Collections.nCopies(20, RESOLUTION));
  }

  /** P-027. */
  @Test
  void anImpossibleLengthEndsTheConnection() throws IOException {
    Binding binding = accept(Duration.ofMinutes(5));
    Socket client = client();
    client.getOutputStream().write(Bytes.ofHex("0501000400000000").toArray());
    user.awaitMessages(1);
    assertThat(user.awaitEnded(1)).startsWith("frame-invalid");
    awaitCount(binding, "frame-invalid");
    assertThat(client.getInputStream().read()).isEqualTo(-1);
  }

  /** P-027. */
  @Test
  void aMessageThatIsNotWholeInTimeEndsTheConnection() throws IOException {
    Binding binding = accept(Duration.ofMillis(300));
    Socket client = client();
    client.getOutputStream().write(Bytes.ofHex("050100040501000d").toArray());
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    awaitCount(binding, "frame-timeout");
    assertThat(user.messages()).containsExactly(Bytes.ofHex("05010004"));
  }

  /** P-150, P-155: nothing is taken in clear where the profile protects. */
  @Test
  void noMessageIsTakenInClearWhereTheChannelProtects() throws IOException {
    TestChannels secure = new TestChannels("server", Carrier.STREAM);
    HopTransport transport = opened(secure);
    ListenSpec spec =
        new ListenSpec(
            Application.ENRP,
            List.of("127.0.0.1"),
            port(),
            TestChannels.PROFILE,
            PeerSelector.anyOf(PeerRole.ENRP_SERVER),
            HopLimits.USUAL);
    Binding binding = ((SessionTransport) transport).accept(spec, false, user);
    open.push(binding);
    Socket client = client();
    client.getOutputStream().write(1);
    assertThat(client.getInputStream().read()).isEqualTo(-1);
    awaitCount(binding, "first-octets-refused");
    assertThat(user.opened()).isEmpty();
  }
}
