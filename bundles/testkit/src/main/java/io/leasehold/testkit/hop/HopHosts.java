// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.ReceivedMessages;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import java.util.List;
import java.util.function.UnaryOperator;

/** Two hosts with transports of hops, with {@link TestEngine} between them. */
public abstract class HopHosts extends Hosts<HopTransport> {
  /** What the server was sent. */
  protected final ReceivedMessages questions = new ReceivedMessages();

  /** What the relay agent was sent. */
  protected final ReceivedMessages answers = new ReceivedMessages();

  /** Listens for relay agents. */
  protected final Binding listen(Inbound inbound, HopLimits limits) {
    return listen(inbound, listenSpec(limits));
  }

  /** Listens as a specification says. */
  protected final Binding listen(Inbound inbound, ListenSpec spec) {
    Binding binding = server().listen(spec, inbound);
    open.push(binding);
    return binding;
  }

  /** Where the server listens, for whom. */
  protected final ListenSpec listenSpec(HopLimits limits) {
    return new ListenSpec(
        Application.DHCPV6_RELAY,
        List.of("127.0.0.1"),
        port(),
        TestChannels.PROFILE,
        PeerSelector.anyOf(PeerRole.RELAY),
        limits);
  }

  /** Connects to the server; the specification may be made another one. */
  protected final Link connect(UnaryOperator<ConnectSpec> change) {
    ConnectSpec usual =
        new ConnectSpec(
            Application.DHCPV6_RELAY,
            LOOPBACK,
            port(),
            TestChannels.PROFILE,
            PeerSelector.only("server", PeerRole.SERVER),
            false);
    Link link = relay().connect(change.apply(usual), answers);
    open.push(link);
    return link;
  }

  /** A link that is up. */
  protected final Link connected() {
    Link link = connect(UnaryOperator.identity());
    awaitUp(link);
    return link;
  }

  /** Waits for a link. */
  protected static void awaitUp(Link link) {
    Await.until(PATIENCE, link::isUp);
  }

  /** Waits until a link is down and says why. */
  protected static void awaitDown(Link link, String reason) {
    Await.until(
        PATIENCE,
        () ->
            link.status().state() == LinkStatus.State.DOWN
                && link.status().reason().contains(reason));
  }

  /** Answers every message with itself. */
  protected static Inbound echo() {
    return (message, path) -> path.reply(message);
  }
}
