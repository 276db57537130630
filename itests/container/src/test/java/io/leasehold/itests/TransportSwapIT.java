// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv6;
import io.leasehold.server.ServerStatus;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Transport;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleEvent;

/** Transports change while a relay's clients are served over real sockets. */
public class TransportSwapIT extends ServerTest {
  private static final String UDP = "leasehold-transport-udp";
  private static final String EPOLL = "leasehold-transport-epoll";
  private static final int PORT = 20547;

  /** A new transport has to be loaded while the processors are busy with it. */
  private static final int PATIENCE_MILLIS = 1000;

  /** Each of twelve swaps may cost what is under way, which is one question. */
  private static final int QUESTIONS_LOST = 12;

  private static final Destination WITHOUT_ADDRESS =
      new Destination(
          Ipv6.ofText("127.0.0.77"), 68, Optional.of(HardwareAddress.ofText("02:00:00:00:00:01")));

  @Test
  public void swapsUnderLoadLoseNoCommittedLeaseAndLeaveNothing() throws Exception {
    List<String> restarted = new CopyOnWriteArrayList<>();
    context.addBundleListener(event -> note(event, restarted));
    beginWithThePortable();
    long polls = polls();
    List<String> foreign = foreign();
    try (DatagramSocket relay = new DatagramSocket(0, InetAddress.getByName("::1"))) {
      relay.setSoTimeout(PATIENCE_MILLIS);
      Load load = new Load(message -> ask(relay, message));
      load.awaitMore("over the portable transport");
      for (int round = 0; round < 2; round++) {
        swap(load);
      }
      load.stopAndCheck();
      assertTrue("unanswered: " + load.unanswered(), load.unanswered() <= QUESTIONS_LOST);
    }
    assertEquals("nothing but transports is restarted", List.of(), restarted);
    assertEquals(foreign, foreign());
    await("no thread is left: " + threads(), () -> threads().isEmpty());
    await("no descriptor is left", () -> polls() <= polls);
  }

  /** The C library is called from within the container, too, if the process may send frames. */
  @Test
  public void framesAreSentByTheInstalledBundle() throws Exception {
    beginWithThePortable();
    install(EPOLL);
    awaitServing("epoll");
    Transport epoll = service(Transport.class).orElseThrow();
    assertEquals("epoll", epoll.name());
    CompletableFuture<io.leasehold.transport.Path> way = new CompletableFuture<>();
    BindSpec spec = new BindSpec(Family.IPV4, List.of("lo"), PORT + 1, List.of());
    try (Binding binding = epoll.bind(spec, (message, path) -> way.complete(path));
        DatagramSocket client = new DatagramSocket()) {
      InetAddress loopback = InetAddress.getByName("127.0.0.1");
      client.send(new DatagramPacket(new byte[1], 1, loopback, PORT + 1));

      way.get(10, TimeUnit.SECONDS).send(Bytes.of(1), WITHOUT_ADDRESS);

      await("the answer is sent", () -> binding.counters().get("sent") == 1);
      await(
          "it was a frame, or frames are not permitted",
          () ->
              binding.counters().get("sent-frames") == 1
                  || binding.endpoints().stream().anyMatch(TransportSwapIT::isForbidden));
    }
    uninstall(EPOLL);
    awaitServing("udp");
    await("no thread is left: " + threads(), () -> threads().isEmpty());
  }

  /** The assembly starts with the native one. */
  private void beginWithThePortable() throws Exception {
    install(UDP);
    if (features().isInstalled(features().getFeature(EPOLL))) {
      uninstall(EPOLL);
    }
    awaitServing("udp");
  }

  private static boolean isForbidden(EndpointStatus endpoint) {
    return endpoint.reason().contains("Operation not permitted");
  }

  private void swap(Load load) throws Exception {
    install(EPOLL);
    awaitServing("epoll");
    load.awaitMore("over the native transport");
    Bundle epoll = bundle("io.leasehold.transport.epoll").orElseThrow();
    epoll.stop();
    awaitServing("udp");
    load.awaitMore("after the native transport stopped");
    epoll.start();
    awaitServing("epoll");
    uninstall(UDP);
    load.awaitMore("without the portable transport");
    install(UDP);
    load.awaitMore("with both");
    awaitServing("epoll");
    uninstall(EPOLL);
    awaitServing("udp");
    load.awaitMore("after the native transport is gone");
  }

  private static void note(BundleEvent event, List<String> restarted) {
    String name = event.getBundle().getSymbolicName();
    if (event.getType() == BundleEvent.STOPPED
        && !name.matches("io\\.netty.*|.*\\.transport\\..*")) {
      restarted.add(name);
    }
  }

  private void awaitServing(String transport) throws Exception {
    await(
        "the server is ready on " + transport,
        () ->
            service(ServerStatus.class)
                .filter(status -> transport.equals(status.facts().get("transport")))
                .filter(ServerStatus::servesSome)
                .isPresent());
  }

  /** Through a relay that names its port (RFC 8357); retransmission is the client's business. */
  private static Bytes ask(DatagramSocket relay, Bytes message) throws IOException {
    Options options =
        Options.builder()
            .add(Dhcp6OptionCode.RELAY_MSG, message)
            .add(Dhcp6Options.RELAY_PORT, 0)
            .build();
    byte[] question =
        RelayMessage.forward(0, Ipv6.ofText("2001:db8:1::1"), Ipv6.ofText("fe80::2"), options)
            .encode()
            .toArray();
    relay.send(new DatagramPacket(question, question.length, InetAddress.getByName("::1"), PORT));
    DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
    try {
      relay.receive(answer);
    } catch (SocketTimeoutException e) {
      return null;
    }
    return RelayMessage.decode(Bytes.copyOf(answer.getData(), 0, answer.getLength()))
        .relayed()
        .orElseThrow();
  }

  /** What the native transport alone needs; the assembly starts with it, so it stays. */
  private List<String> foreign() {
    return Arrays.stream(context.getBundles())
        .map(Bundle::getSymbolicName)
        .filter(name -> name.startsWith("io.netty") || name.startsWith("com.sun.jna"))
        .sorted()
        .toList();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("(leasehold-transport-epoll|globalEventExecutor|JNA).*"))
        .toList();
  }

  /** Descriptors that wait for others, of the JDK and of Netty. */
  private static long polls() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(TransportSwapIT::isPoll).count();
    }
  }

  private static boolean isPoll(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().matches(".*event(poll|fd).*");
    } catch (IOException e) {
      return false;
    }
  }
}
