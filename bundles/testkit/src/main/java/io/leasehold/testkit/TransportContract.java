// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.EndpointStatus.State;
import io.leasehold.transport.Path;
import io.leasehold.transport.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Transport} of datagrams promises, checked on the loopback interface. An
 * implementation subclasses it, and gives a transport that looks at its endpoints again within
 * {@link #PATIENCE}.
 */
public abstract class TransportContract extends BindingSendContract {
  @Test
  void messageArrivesWholeWithTheWayItCame() throws IOException {
    awaitListening(bindLoopback());
    Bytes message = Bytes.of(1, 2, 3, 255);

    peer.send(message, port);

    ReceivedMessages.Received got = received.next(PATIENCE);
    assertThat(got.message()).isEqualTo(message);
    assertThat(got.path().local()).isEqualTo(loopbackAddress());
    assertThat(got.path().remote()).isEqualTo(loopbackAddress());
    assertThat(got.path().remotePort()).isEqualTo(peer.port());
    assertThat(got.path().interfaceName()).isIn(loopback(), "");
  }

  @Test
  void largeMessageArrivesWhole() throws IOException {
    awaitListening(bindLoopback());
    Bytes message = pattern(60_000);

    peer.send(message, port);

    assertThat(received.next(PATIENCE).message()).isEqualTo(message);
  }

  @Test
  void messageArrivesOnce() throws IOException {
    awaitListening(bindLoopback());

    peer.send(Bytes.of(1), port);
    peer.send(Bytes.of(2), port);

    assertThat(received.next(PATIENCE).message()).isEqualTo(Bytes.of(1));
    assertThat(received.next(PATIENCE).message()).isEqualTo(Bytes.of(2));
    assertThat(received.isEmpty()).isTrue();
  }

  @Test
  void answerComesFromTheAddressAndPortThatWereAsked() throws IOException {
    awaitListening(bindLoopback());
    peer.send(Bytes.of(1), port);

    boolean sent =
        received
            .next(PATIENCE)
            .path()
            .send(Bytes.of(9, 8), Destination.of(loopbackAddress(), peer.port()));

    assertThat(sent).isTrue();
    DatagramPeer.Answer answer = peer.receive(PATIENCE);
    assertThat(answer.message()).isEqualTo(Bytes.of(9, 8));
    assertThat(answer.port()).isEqualTo(port);
    assertThat(answer.address()).isEqualTo(loopbackAddress());
  }

  @Test
  void answerGoesToThePortThatIsNamed() throws IOException {
    awaitListening(bindLoopback());
    peer.send(Bytes.of(1), port);
    try (DatagramPeer other = new DatagramPeer(family())) {
      received
          .next(PATIENCE)
          .path()
          .send(Bytes.of(7), Destination.of(loopbackAddress(), other.port()));

      assertThat(other.receive(PATIENCE).message()).isEqualTo(Bytes.of(7));
    }
  }

  @Test
  void answersOfManyThreadsArriveWhole() throws Exception {
    awaitListening(bindLoopback());
    peer.send(Bytes.of(1), port);
    var path = received.next(PATIENCE).path();
    int each = 50;
    List<Thread> senders =
        IntStream.range(0, 4)
            .mapToObj(
                n ->
                    new Thread(
                        () -> {
                          for (int i = 0; i < each; i++) {
                            path.send(
                                pattern(200 + n), Destination.of(loopbackAddress(), peer.port()));
                          }
                        }))
            .toList();
    senders.forEach(Thread::start);
    for (int i = 0; i < 4 * each; i++) {
      Bytes answer = peer.receive(PATIENCE).message();
      assertThat(answer).isEqualTo(pattern(answer.length()));
    }
    for (Thread sender : senders) {
      sender.join();
    }
  }

  @Test
  void whatIsTooLargeIsRefusedAndCounted() throws IOException {
    Binding binding = bindLoopback();
    awaitListening(binding);
    peer.send(Bytes.of(1), port);

    boolean sent =
        received
            .next(PATIENCE)
            .path()
            .send(pattern(70_000), Destination.of(loopbackAddress(), peer.port()));

    assertThat(sent).isFalse();
    assertThat(failures(binding)).isEqualTo(1);
    assertThat(binding.counters()).containsEntry("sent", 0L);
  }

  @Test
  void countersCountMessages() throws IOException {
    Binding binding = bindLoopback();
    awaitListening(binding);
    peer.send(Bytes.of(1, 2, 3), port);
    received
        .next(PATIENCE)
        .path()
        .send(Bytes.of(1), Destination.of(loopbackAddress(), peer.port()));

    assertThat(binding.counters()).containsEntry("received", 1L);
    Await.until(PATIENCE, () -> binding.counters().get("sent") == 1L);
  }

  @Test
  void faultyReceiverDoesNotStopReceiving() throws IOException {
    awaitListening(bindLoopback());
    received.throwOnNext();
    peer.send(Bytes.of(1), port);
    peer.send(Bytes.of(2), port);

    assertThat(received.next(PATIENCE).message()).isEqualTo(Bytes.of(2));
  }

  @Test
  void addressesOfTheInterfaceAreKnownWithIt() throws IOException {
    awaitListening(bindLoopback());
    peer.send(Bytes.of(1), port);

    Path path = received.next(PATIENCE).path();

    assertThat(path.interfaceAddresses())
        .isEqualTo(path.interfaceName().isEmpty() ? List.of() : List.of(loopbackAddress()));
  }

  /** As a frame or, where that is not possible, to everybody (RFC 2131 section 4.1). */
  @Test
  void answerToAHostWithoutAddressIsSentOrCounted() throws IOException {
    Binding binding = bindLoopback();
    awaitListening(binding);
    peer.send(Bytes.of(1), port);
    Path path = received.next(PATIENCE).path();
    Destination nobody =
        new Destination(
            Ipv6.ofText("127.0.0.77"),
            peer.port(),
            Optional.of(HardwareAddress.ofText("02:00:00:00:00:01")));

    boolean taken = path.send(Bytes.of(2), nobody);

    Await.until(PATIENCE, () -> binding.counters().get("sent") + failures(binding) == 1);
    assertThat(taken || failures(binding) == 1).isTrue();
  }

  @Test
  void interfaceWithoutAddressMeansEveryEndpointOfIt() throws IOException {
    Binding binding = bind(loopback());

    awaitListening(binding);

    List<String> expected =
        family() == Family.IPV4
            ? List.of("255.255.255.255", loopbackAddress().toString())
            : List.of(loopbackAddress().toString());
    assertThat(binding.endpoints())
        .extracting(EndpointStatus::address)
        .containsExactlyElementsOf(expected);
    peer.send(Bytes.of(3), port);
    assertThat(received.next(PATIENCE).path().local()).isEqualTo(loopbackAddress());
    assertThat(received.isEmpty()).isTrue();
  }

  @Test
  void absentInterfaceIsToldAndNotAnError() {
    Binding binding = bind("nosuch0");

    assertThat(binding.endpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.state()).isEqualTo(State.ABSENT);
              assertThat(endpoint.interfaceName()).isEqualTo("nosuch0");
              assertThat(endpoint.reason()).contains("nosuch0");
            });
  }

  @Test
  void absentAddressIsTold() {
    String absent = family() == Family.IPV4 ? "192.0.2.77" : "2001:db8::77";
    Binding binding = bind(loopback() + "/" + absent);

    assertThat(binding.endpoints()).extracting(EndpointStatus::state).containsExactly(State.ABSENT);
    assertThat(binding.endpoints().get(0).reason()).contains(absent);
  }

  @Test
  void portInUseIsTriedUntilItIsFree() throws IOException {
    Binding binding;
    try (DatagramSocket squatter = new DatagramSocket(port, loopbackHost())) {
      binding = bindLoopback();

      Await.until(PATIENCE, () -> state(binding) == State.RETRYING);
      assertThat(binding.endpoints().get(0).reason()).isNotEmpty();
      assertThat(squatter.isBound()).isTrue();
    }
    awaitListening(binding);
    peer.send(Bytes.of(5), port);
    assertThat(received.next(PATIENCE).message()).isEqualTo(Bytes.of(5));
  }

  @Test
  void closeFreesPortAndThreadsInTwoSeconds() throws IOException {
    Set<Thread> before = threads();
    for (int round = 0; round < 20; round++) {
      Binding binding = bindLoopback();
      awaitListening(binding);
      long began = System.nanoTime();

      binding.close();

      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
      assertThat(threads()).isSubsetOf(before);
      try (DatagramSocket next = new DatagramSocket(port, loopbackHost())) {
        assertThat(next.isBound()).isTrue();
      }
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    Binding binding = bindLoopback();

    binding.close();
    binding.close();

    assertThat(binding.endpoints()).noneMatch(endpoint -> endpoint.state() == State.LISTENING);
  }

  @Test
  void sendingAfterCloseIsRefusedAndCounted() throws IOException {
    Binding binding = bindLoopback();
    awaitListening(binding);
    peer.send(Bytes.of(1), port);
    var path = received.next(PATIENCE).path();

    binding.close();

    assertThat(path.send(Bytes.of(2), Destination.of(loopbackAddress(), peer.port()))).isFalse();
    assertThat(failures(binding)).isEqualTo(1);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("leasehold-"))
        .collect(Collectors.toSet());
  }

  private static Bytes pattern(int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 31 + length);
    }
    return Bytes.wrap(octets);
  }
}
