// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Takes addresses of the host away, and so runs where the host is a virtual machine of the lab. */
@ExtendWith(Kernel.class)
@EnabledIfSystemProperty(
    named = "leasehold.lab.machine",
    matches = "own",
    disabledReason = "it takes addresses of the host away; itests/lab/sctp-vm.sh runs it")
final class SctpPathTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PORT = 39_901;
  private static final String OURS = "10.77.1.1 10.77.2.1";
  private static final String THEIRS = "10.77.1.2 10.77.2.2";

  private final TestChannels channels = new TestChannels("host", Carrier.NETWORK);
  private final RecordedSessions ours = new RecordedSessions();
  private final RecordedSessions theirs = new RecordedSessions();

  private static void address(String verb, String address) throws Exception {
    Process ip = new ProcessBuilder("ip", "addr", verb, address + "/32", "dev", "lo").start();
    if (ip.waitFor() != 0) {
      throw new IOException("ip addr " + verb + " " + address + ": " + ip.exitValue());
    }
  }

  /** P-030: what multi-homing is for. Neither side hears anything of it. */
  @Test
  void aSessionLivesOnWhenThePathThatItUsesDies() throws Exception {
    for (String each : (OURS + " " + THEIRS).split(" ")) {
      address("add", each);
    }
    try (SctpSessionTransport one =
            new SctpSessionTransport(channels, QuickSctp.with(SctpSettings.addresses(OURS)));
        SctpSessionTransport other =
            new SctpSessionTransport(channels, QuickSctp.with(SctpSettings.addresses(THEIRS)))) {
      Binding place =
          other.accept(
              new ListenSpec(
                  Application.ENRP,
                  List.of("*"),
                  PORT,
                  TestChannels.PROFILE,
                  PeerSelector.anyOf(PeerRole.ENRP_SERVER),
                  HopLimits.USUAL,
                  true),
              false,
              theirs);
      Await.until(
          PATIENCE,
          () ->
              place.endpoints().size() == 2
                  && place.endpoints().stream()
                      .allMatch(each -> each.state() == EndpointStatus.State.LISTENING));
      HopSession session =
          one.connect(
              new ConnectSpec(
                  Application.ENRP,
                  Ipv6.ofText("10.77.1.2"),
                  PORT,
                  TestChannels.PROFILE,
                  PeerSelector.anyOf(PeerRole.ENRP_SERVER),
                  false,
                  true),
              ours);
      ours.awaitOpened(1);
      session.send(Bytes.ofHex("05000004"));
      theirs.awaitMessages(1);
      assertThat(theirs.opened().get(0).remotes()).hasSize(2);

      address("del", "10.77.1.2");
      address("del", "10.77.1.1");
      session.send(Bytes.ofHex("06000004"));
      Await.until(PATIENCE, () -> theirs.messages().size() == 2);
      theirs.opened().get(0).send(Bytes.ofHex("07000004"));
      Await.until(PATIENCE, () -> ours.messages().size() == 1);
      assertThat(ours.ended()).isEmpty();
      assertThat(theirs.ended()).isEmpty();
    }
  }
}
