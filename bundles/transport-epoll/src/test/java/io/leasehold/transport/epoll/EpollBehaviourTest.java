// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.epoll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.DatagramPeer;
import io.leasehold.testkit.ReceivedMessages;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus.State;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import java.io.IOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What this transport does beyond the contract. */
class EpollBehaviourTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ReceivedMessages received = new ReceivedMessages();

  @Test
  void whatCannotWorkHereSaysSo() {
    try (var transport = new EpollTransport(EpollSettings.DEFAULT, "no such machine");
        var binding = transport.bind(spec("eth0", 67), received)) {
      assertThat(binding.endpoints())
          .singleElement()
          .satisfies(
              endpoint -> {
                assertThat(endpoint.state()).isEqualTo(State.ABSENT);
                assertThat(endpoint.interfaceName()).isEqualTo("eth0");
                assertThat(endpoint.reason()).isEqualTo("no such machine");
              });
    }
  }

  @Test
  void badSettingsAreToldAllAtOnce() {
    assertThatThrownBy(() -> new EpollSettings(1, Duration.ZERO, -1, 0, true))
        .hasMessageContainingAll(
            "socket.buffer.octets is 1", "rescan.millis is 0", "threads is -1", "messages is 0");
  }

  @Test
  void threadsGoByProcessorsUnlessTheyAreSet() {
    assertThat(EpollSettings.DEFAULT.threadsFor(1)).isEqualTo(1);
    assertThat(EpollSettings.DEFAULT.threadsFor(2)).isEqualTo(1);
    assertThat(EpollSettings.DEFAULT.threadsFor(8)).isEqualTo(4);
    assertThat(EpollSettings.DEFAULT.threadsFor(64)).isEqualTo(8);
    assertThat(settings(3, 10).threadsFor(64)).isEqualTo(3);
  }

  /** While the thread of the socket is held up, a few are sent without it and the rest waits. */
  @Test
  void moreThanMayWaitIsRefusedAndCounted() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Setup setup = new Setup(settings(1, 5))) {
      Path path = setup.path();
      setup.hold = go;
      setup.peer.send(Bytes.of(9), setup.port);
      setup.awaitHeld();

      int taken = 0;
      for (int i = 0; i < Loop.MOST_SPARED + 8; i++) {
        taken += path.reply(Bytes.of(i)) ? 1 : 0;
      }
      long sentAtOnce = setup.binding.counters().get("sent");
      go.countDown();

      assertThat(sentAtOnce).isEqualTo(Loop.MOST_SPARED);
      assertThat(taken).isEqualTo(Loop.MOST_SPARED + 5);
      assertThat(setup.binding.counters()).containsEntry("send-queue-full", 3L);
      Await.until(PATIENCE, () -> setup.binding.counters().get("sent") == Loop.MOST_SPARED + 5L);
      assertThat(setup.binding.counters()).containsEntry("send-calls", Loop.MOST_SPARED + 1L);
    }
  }

  /** Messages that gathered while the thread was held up come with few calls. */
  @Test
  void manyMessagesAreReceivedWithFewCalls() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    try (Setup setup = new Setup(settings(1, 5))) {
      setup.path();
      setup.hold = go;
      setup.peer.send(Bytes.of(9), setup.port);
      setup.awaitHeld();
      long calls = setup.binding.counters().get("receive-calls");
      for (int i = 0; i < 124; i++) {
        setup.peer.send(Bytes.of(i), setup.port);
      }

      go.countDown();

      Await.until(PATIENCE, () -> setup.binding.counters().get("received") == 126L);
      // Batches of 4, 8, 16, 32, 32 and 32.
      assertThat(setup.binding.counters().get("receive-calls") - calls).isLessThanOrEqualTo(8);
    }
  }

  /** A receiver that is slower than what comes hears of it, and no longer when it has caught up. */
  @Test
  void whatWaitsInASocketIsLate() throws Exception {
    AtomicInteger late = new AtomicInteger();
    AtomicBoolean slow = new AtomicBoolean(true);
    Inbound inbound =
        new Inbound() {
          @Override
          public void message(Bytes message, Path path) {
            long end = System.nanoTime() + 200_000;
            while (slow.get() && System.nanoTime() - end < 0) {
              Thread.onSpinWait();
            }
          }

          @Override
          public void late(Bytes message, Path path) {
            late.incrementAndGet();
          }
        };
    int port = freePort();
    try (EpollTransport transport = new EpollTransport(settings(1, 5));
        Binding binding = transport.bind(spec("lo/127.0.0.1", port), inbound);
        DatagramPeer peer = new DatagramPeer(Family.IPV4)) {
      peer.send(Bytes.of(1), port);
      Await.until(PATIENCE, () -> binding.counters().get("received") == 1L);
      assertThat(late).hasValue(0);

      long end = System.nanoTime() + PATIENCE.toNanos();
      while (late.get() == 0 && System.nanoTime() - end < 0) {
        peer.send(Bytes.of(2), port);
      }
      assertThat(late).hasPositiveValue();

      slow.set(false);
      Await.until(PATIENCE, () -> isQuiet(binding));
      int before = late.get();
      peer.send(Bytes.of(3), port);
      Await.until(PATIENCE, () -> isQuiet(binding));
      assertThat(late).hasValue(before);
    }
  }

  private static boolean isQuiet(Binding binding) {
    long before = binding.counters().get("received");
    LockSupport.parkNanos(50_000_000);
    return binding.counters().get("received") == before;
  }

  /** The receiver hears when a batch is over, on the thread that has handed it over. */
  @Test
  void messagesAreGatheredAndTheEndIsTold() throws Exception {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    Inbound inbound =
        new Inbound() {
          @Override
          public void message(Bytes message, Path path) {
            heard.add("alone");
          }

          @Override
          public void gather(Bytes message, Path path) {
            heard.add("gathered by " + Thread.currentThread().getName());
          }

          @Override
          public void gathered() {
            heard.add("end by " + Thread.currentThread().getName());
          }
        };
    int port = freePort();
    try (EpollTransport transport = new EpollTransport(settings(1, 5));
        Binding binding = transport.bind(spec("lo/127.0.0.1", port), inbound);
        DatagramPeer peer = new DatagramPeer(Family.IPV4)) {
      peer.send(Bytes.of(1), port);

      Await.until(PATIENCE, () -> heard.size() == 2);
      assertThat(binding.counters()).containsEntry("received", 1L);
      String first = heard.remove();
      assertThat(first).startsWith("gathered by ");
      assertThat(heard.remove()).isEqualTo(first.replace("gathered by", "end by"));
    }
  }

  @Test
  void aHostThatIsNotOnEthernetIsBroadcastTo() throws Exception {
    try (Setup setup = new Setup(settings(1, 5))) {
      Destination other =
          new Destination(
              Ipv6.ofText("127.0.0.77"),
              setup.peer.port(),
              Optional.of(new HardwareAddress(32, Bytes.of(1, 2, 3, 4))));

      setup.path().send(Bytes.of(1), other);

      assertThat(setup.binding.counters())
          .containsEntry("frames-broadcast-instead", 1L)
          .containsEntry("sent-frames", 0L);
    }
  }

  /** The C library is let go with the last binding and taken again. */
  @Test
  void framesGoOnAfterTheTransportWasClosed() throws Exception {
    for (int round = 0; round < 3; round++) {
      try (Setup setup = new Setup(settings(1, 5))) {
        setup.path().send(Bytes.of(1), nobody(setup.peer.port()));

        Await.until(PATIENCE, () -> setup.binding.counters().get("sent") == 1L);
        long frames = setup.binding.counters().get("sent-frames");
        assertThat(frames + setup.binding.counters().get("frames-broadcast-instead")).isEqualTo(1);
      }
      assertThat(Thread.getAllStackTraces().keySet())
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("leasehold-"));
    }
    Await.until(
        PATIENCE,
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("JNA")));
  }

  private static Destination nobody(int port) {
    return new Destination(
        Ipv6.ofText("127.0.0.77"), port, Optional.of(HardwareAddress.ofText("02:00:00:00:00:01")));
  }

  /** Two servers on one port would share its messages unnoticed. */
  @Test
  void aPortIsNotSharedWithAnotherTransportOfTheSameUser() throws Exception {
    try (Setup setup = new Setup(settings(2, 5));
        var second = new EpollTransport(settings(2, 5));
        var binding = second.bind(spec("lo/127.0.0.1", setup.port), received)) {
      assertThat(binding.endpoints())
          .singleElement()
          .satisfies(
              endpoint -> {
                assertThat(endpoint.state()).isEqualTo(State.RETRYING);
                assertThat(endpoint.reason()).contains("used by another program");
              });
    }
  }

  private static int freePort() throws IOException {
    try (DatagramSocket probe = new DatagramSocket(0)) {
      return probe.getLocalPort();
    }
  }

  private static EpollSettings settings(int threads, int queue) {
    return new EpollSettings(1 << 20, Duration.ofMillis(50), threads, queue, true);
  }

  private static BindSpec spec(String where, int port) {
    return new BindSpec(Family.IPV4, List.of(where), port, List.of());
  }

  /** A binding of the loopback address whose receiver can be held up. */
  private final class Setup implements AutoCloseable {
    private final EpollTransport transport;
    private final DatagramPeer peer = new DatagramPeer(Family.IPV4);
    private final int port;
    private final Binding binding;
    private final CountDownLatch held = new CountDownLatch(1);
    private volatile CountDownLatch hold;

    Setup(EpollSettings settings) throws IOException {
      port = freePort();
      transport = new EpollTransport(settings);
      binding = transport.bind(spec("lo/127.0.0.1", port), this::message);
      assertThat(binding.endpoints())
          .allMatch(endpoint -> endpoint.state() == State.LISTENING, "listens");
    }

    private void message(Bytes message, Path path) {
      CountDownLatch waitFor = hold;
      if (waitFor != null) {
        held.countDown();
        await(waitFor);
      }
      received.message(message, path);
    }

    private void await(CountDownLatch latch) {
      try {
        assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    void awaitHeld() {
      await(held);
    }

    Path path() throws IOException {
      peer.send(Bytes.of(1), port);
      return received.next(PATIENCE).path();
    }

    @Override
    public void close() {
      transport.close();
      peer.close();
    }
  }
}
