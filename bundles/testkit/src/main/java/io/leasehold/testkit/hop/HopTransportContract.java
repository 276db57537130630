// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.ReceivedMessages;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What every {@link HopTransport} promises, on the loopback interface with {@link TestEngine}. An
 * implementation subclasses it, and gives transports that try again within a second.
 */
public abstract class HopTransportContract extends HopHosts {
  /** Octets of the largest message. */
  protected abstract int mostOctets();

  private static Bytes numbered(int number, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (number >>> 8 * (i % 4));
    }
    return Bytes.wrap(octets);
  }

  @Test
  final void messagesPassBothWaysWithWhoSentThem() {
    listen(questions, HopLimits.USUAL);
    Link link = connected();

    assertThat(link.send(Bytes.of(12, 0, 1, 2))).isTrue();

    ReceivedMessages.Received question = questions.next(PATIENCE);
    assertThat(question.message()).isEqualTo(Bytes.of(12, 0, 1, 2));
    Path path = question.path();
    assertThat(path.remote()).isEqualTo(LOOPBACK);
    assertThat(path.local()).isEqualTo(LOOPBACK);
    assertThat(path.interfaceAddresses()).contains(LOOPBACK);
    assertThat(path.peer().map(AuthenticatedPeer::peerId)).contains("relay");
    assertThat(path.assurance()).isEqualTo(TestChannels.ASSURANCE);
    assertThat(path.reply(Bytes.of(13, 0, 3, 4))).isTrue();
    ReceivedMessages.Received answer = answers.next(PATIENCE);
    assertThat(answer.message()).isEqualTo(Bytes.of(13, 0, 3, 4));
    assertThat(answer.path().peer().map(AuthenticatedPeer::peerId)).contains("server");
    assertThat(answer.path().remotePort()).isEqualTo(port());
  }

  @Test
  final void messagesOfEverySizeStayWhole() {
    listen(echo(), HopLimits.USUAL);
    Link link = connected();
    for (int length : List.of(1, 2, 255, 256, 1400, 8000, 16_000, mostOctets())) {
      link.send(numbered(length, length));
      assertThat(answers.next(PATIENCE).message()).isEqualTo(numbered(length, length));
    }
  }

  @Test
  final void aLinkComesUpWhenTheOtherSideDoes() {
    Link link = connect(UnaryOperator.identity());
    assertThat(link.isUp()).isFalse();
    assertThat(link.send(Bytes.of(1, 2, 3, 4))).as("sent while down").isFalse();

    listen(questions, HopLimits.USUAL);

    awaitUp(link);
    assertThat(link.status().state()).isEqualTo(LinkStatus.State.UP);
    assertThat(link.status().reason()).isEmpty();
    assertThat(questions.isEmpty()).as("nothing from before").isTrue();
  }

  @Test
  final void aLinkComesUpAgainAfterTheOtherSideEnded() {
    Binding first = listen(questions, HopLimits.USUAL);
    Link link = connected();

    first.close();
    Await.until(PATIENCE, () -> !link.isUp());
    listen(questions, HopLimits.USUAL);

    awaitUp(link);
    link.send(Bytes.of(1, 2, 3, 4));
    assertThat(questions.next(PATIENCE).message()).isEqualTo(Bytes.of(1, 2, 3, 4));
  }

  @Test
  final void aServerThatIsNotTheExpectedOneGetsNothing() {
    listen(questions, HopLimits.USUAL);
    relayChannels.knows("other", PeerRole.SERVER);
    Link link =
        connect(
            usual ->
                new ConnectSpec(
                    usual.application(),
                    usual.remote(),
                    usual.port(),
                    usual.channel(),
                    PeerSelector.only("other", PeerRole.SERVER),
                    false));

    awaitDown(link, "peer server is not expected here");
    assertThat(link.send(Bytes.of(1, 2, 3, 4))).isFalse();
    assertThat(questions.isEmpty()).isTrue();
  }

  @Test
  final void aRelayThatIsNotExpectedGetsNothing() {
    serverChannels.knows("relay", PeerRole.MANAGER);
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connect(UnaryOperator.identity());

    awaitDown(link, "");
    Await.until(PATIENCE, () -> binding.counters().get("handshake-failed") > 0);
    assertThat(questions.isEmpty()).isTrue();
  }

  @Test
  final void anotherKeyIsRefused() {
    relayChannels.key(2);
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connect(UnaryOperator.identity());

    awaitDown(link, "");
    Await.until(PATIENCE, () -> binding.counters().get("handshake-failed") > 0);
    assertThat(link.isUp()).isFalse();
  }

  @Test
  final void nothingIsLostWhileALinkIsReplacedAgainAndAgain() {
    listen(echo(), HopLimits.USUAL);
    Link link = connected();
    Set<Bytes> back = new HashSet<>();
    int total = 3000;
    for (int i = 0; i < total; i++) {
      if (i % 300 == 150) {
        link.renew();
      }
      assertThat(link.send(numbered(i, 300))).isTrue();
      while (i - back.size() > 100) {
        back.add(answers.next(PATIENCE).message());
      }
    }
    while (back.size() < total) {
      back.add(answers.next(PATIENCE).message());
    }
    assertThat(link.status().dropped()).isZero();
  }

  @Test
  final void aChangedProviderIsUsedByANewConnectionWithoutLoss() {
    listen(echo(), HopLimits.USUAL);
    Link link = connected();
    assertThat(credential(link)).isEqualTo("generation-1");

    relayChannels.renew();
    Set<Bytes> back = new HashSet<>();
    int sent = 0;
    while (!credential(link).equals("generation-2")) {
      assertThat(link.send(numbered(sent++, 100))).isTrue();
      back.add(answers.next(PATIENCE).message());
    }
    assertThat(back).hasSize(sent);
  }

  private static String credential(Link link) {
    return link.status().peer().map(each -> each.facts().credential()).orElse("");
  }

  @Test
  final void aChangedProviderOfTheServerIsUsedSoon() {
    listen(echo(), HopLimits.USUAL);
    Link link = connected();

    serverChannels.grace(Duration.ofSeconds(1));
    serverChannels.renew();

    Await.until(PATIENCE, () -> servedBy(LinkStatus.State.UP, "generation-2"));
    awaitUp(link);
  }

  @Test
  final void aConnectionInTheOldWayDrainsUntilThePeerHasMovedOver() {
    listen(echo(), HopLimits.USUAL);
    Link link = connected();

    serverChannels.grace(Duration.ofMinutes(10));
    serverChannels.renew();

    Await.until(PATIENCE, () -> servedBy(LinkStatus.State.DRAINING, "generation-1"));
    assertThat(server().links()).hasSize(1).first().asString().contains("the channel has changed");
    link.send(Bytes.of(1, 2, 3, 4));
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(1, 2, 3, 4));
    assertThat(servedBy(LinkStatus.State.DRAINING, "generation-1")).isTrue();
    link.renew();
    Await.until(
        PATIENCE,
        () -> server().links().size() == 1 && servedBy(LinkStatus.State.UP, "generation-2"));
    assertThat(link.send(Bytes.of(5, 6, 7, 8))).isTrue();
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(5, 6, 7, 8));
  }

  private boolean servedBy(LinkStatus.State state, String credential) {
    return server().links().stream()
        .filter(each -> each.state() == state)
        .flatMap(each -> each.peer().stream())
        .anyMatch(each -> each.facts().credential().equals(credential));
  }

  @Test
  final void withoutItsProviderALinkIsDownUntilItComesBack() {
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connected();

    relayChannels.gone("provider testing is missing");

    awaitDown(link, "provider testing is missing");
    assertThat(link.send(Bytes.of(1, 2, 3, 4))).isFalse();
    assertThat(questions.isEmpty()).isTrue();
    relayChannels.back();
    awaitUp(link);
    serverChannels.gone("provider testing is missing");
    Await.until(PATIENCE, () -> !link.isUp());
    assertThat(binding.endpoints()).extracting(EndpointStatus::state).isNotEmpty();
    serverChannels.back();
    awaitUp(link);
  }

  @Test
  final void anAnswerGoesByAnotherConnectionOfThePeerWhenItsOwnHasEnded() {
    listen(questions, HopLimits.USUAL);
    Link first = connected();
    first.send(Bytes.of(1, 2, 3, 4));
    Path path = questions.next(PATIENCE).path();
    Link second = connected();
    second.send(Bytes.of(5, 6, 7, 8));
    questions.next(PATIENCE);

    first.close();
    Await.until(PATIENCE, () -> server().links().size() == 1);

    assertThat(path.reply(Bytes.of(9, 9, 9, 9))).isTrue();
    assertThat(answers.next(PATIENCE).message()).isEqualTo(Bytes.of(9, 9, 9, 9));
    second.close();
    Await.until(PATIENCE, () -> server().links().isEmpty());
    assertThat(path.reply(Bytes.of(9, 9, 9, 9))).as("no connection is left").isFalse();
  }

  @Test
  final void connectionsAreListedAndDrained() {
    Binding binding = listen(echo(), HopLimits.USUAL);
    Link link = connected();
    link.send(Bytes.of(1, 2, 3, 4));
    answers.next(PATIENCE);

    LinkStatus ours = link.status();
    assertThat(relay().links()).extracting(LinkStatus::id).contains(ours.id());
    assertThat(ours.outgoing()).isTrue();
    assertThat(ours.transport()).isEqualTo(relay().name());
    assertThat(ours.channel()).isEqualTo(TestChannels.PROFILE);
    assertThat(ours.sent()).isEqualTo(1);
    assertThat(ours.received()).isEqualTo(1);
    LinkStatus theirs = server().links().get(0);
    assertThat(theirs.outgoing()).isFalse();
    assertThat(theirs.peer().map(AuthenticatedPeer::peerId)).contains("relay");
    assertThat(binding.counters()).containsEntry("received", 1L).containsEntry("sent", 1L);

    assertThat(server().drain("nothing-of-that-name")).isFalse();
    assertThat(server().drain(theirs.id())).isTrue();
    Await.until(
        PATIENCE, () -> server().links().stream().noneMatch(each -> each.id().equals(theirs.id())));
    awaitUp(link);
    assertThat(relay().drain(link.status().id())).isTrue();
    awaitUp(link);
  }

  @Test
  final void aReceiverThatThrowsHarmsNobody() {
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connected();
    questions.throwOnNext();
    link.send(Bytes.of(1, 1, 1, 1));
    link.send(Bytes.of(2, 2, 2, 2));

    assertThat(questions.next(PATIENCE).message()).isEqualTo(Bytes.of(2, 2, 2, 2));
    assertThat(binding.counters()).containsEntry("receiver-threw", 1L);
  }

  @Test
  final void aPlaceThatIsTakenIsTriedAgain() throws Exception {
    Binding first = listen(questions, HopLimits.USUAL);
    Await.until(PATIENCE, () -> states(first).equals(Set.of(EndpointStatus.State.LISTENING)));
    TestChannels others = new TestChannels("server", carrier()).knows("relay", PeerRole.RELAY);
    Binding second = opened(others).listen(listenSpec(HopLimits.USUAL), questions);
    open.push(second);
    Await.until(PATIENCE, () -> states(second).equals(Set.of(EndpointStatus.State.RETRYING)));

    first.close();

    Await.until(PATIENCE, () -> states(second).equals(Set.of(EndpointStatus.State.LISTENING)));
  }

  private static Set<EndpointStatus.State> states(Binding binding) {
    Set<EndpointStatus.State> states = new HashSet<>();
    binding.endpoints().forEach(each -> states.add(each.state()));
    return states;
  }

  @Test
  final void afterItsEndNothingListensToChanges() throws Exception {
    Binding binding = listen(questions, HopLimits.USUAL);
    Link link = connected();

    link.close();
    binding.close();

    assertThat(link.isUp()).isFalse();
    assertThat(link.send(Bytes.of(1, 2, 3, 4))).isFalse();
    assertThat(relay().links()).isEmpty();
    assertThat(relayChannels.listeners()).isZero();
    assertThat(serverChannels.listeners()).isZero();
  }
}
