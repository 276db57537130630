// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The groups in which registrars announce themselves (RFC 5352 section 3.6): 224.0.1.185 and
 * ff02::133, UDP port 3863, on links that are named. Nothing goes beyond a link. Interfaces may
 * come later. A flood is left to the kernel, which drops what is not read. May be used from any
 * thread.
 */
public final class AnnouncementGroup implements AutoCloseable {
  /** What is read in a second; the rest waits, or is dropped by the kernel. */
  static final int MOST_PER_SECOND = 200;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.rserpool");
  private static final int PORT = 3863;
  private static final int LARGEST = 2048;
  private static final long LOOK_MILLIS = 1000;
  private static final Ipv6 FOUR = Ipv6.ofText("224.0.1.185");
  private static final Ipv6 SIX = Ipv6.ofText("ff02::133");

  /** Who hears. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Something was sent to a group; it need not be well-formed.
     *
     * @param source where it says that it is from
     */
    void heard(Ipv6 source, Bytes message);
  }

  /** A group on a link. */
  private record Place(String interfaceName, Ipv6 group) {
    ProtocolFamily family() {
      return group.isMapped() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }
  }

  /** A socket of a place, and the index that its interface had. */
  private record Member(DatagramChannel channel, int index) {}

  private final String name;
  private final List<Place> places = new ArrayList<>();
  private final Listener listener;
  private final Map<Place, Member> members = new ConcurrentHashMap<>();
  private final Map<Place, String> absent = new ConcurrentHashMap<>();
  private final LongAdder sent = new LongAdder();
  private final LongAdder sendFailed = new LongAdder();
  private final Thread thread;
  private volatile Selector selector;
  private volatile String failure = "";
  private volatile boolean closed;

  /**
   * Begins to hear.
   *
   * @param name of the core, for the log and the thread
   * @param interfaces names of links
   */
  public AnnouncementGroup(String name, List<String> interfaces, Listener listener) {
    this.name = name;
    this.listener = listener;
    for (String each : interfaces) {
      places.add(new Place(each, FOUR));
      places.add(new Place(each, SIX));
    }
    thread = new Thread(this::run, "leasehold-" + name + "-announcements");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try (Selector opened = Selector.open()) {
      selector = opened;
      hear();
    } catch (IOException e) {
      failure = "announcements are not heard: " + e.getMessage();
    }
  }

  private void hear() {
    ByteBuffer buffer = ByteBuffer.allocate(LARGEST);
    long looked = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS);
    int left = 0;
    while (!closed) {
      try {
        if (System.nanoTime() - looked >= TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS)) {
          looked = System.nanoTime();
          left = MOST_PER_SECOND;
          look();
        }
        if (left == 0) {
          LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS / 10));
          continue;
        }
        selector.select(LOOK_MILLIS / 2);
        left = read(buffer, left);
      } catch (IOException | RuntimeException e) {
        left = 0; // what fails once fails again at once
        LOG.debug("{}: announcements: {}", name, e.toString());
      }
    }
  }

  private int read(ByteBuffer buffer, int most) throws IOException {
    int left = most;
    Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
    while (ready.hasNext()) {
      SelectionKey key = ready.next();
      ready.remove();
      InetSocketAddress source;
      do {
        buffer.clear();
        source = (InetSocketAddress) ((DatagramChannel) key.channel()).receive(buffer);
        if (source != null) {
          left--;
          buffer.flip();
          byte[] octets = new byte[buffer.remaining()];
          buffer.get(octets);
          listener.heard(ipv6(source.getAddress()), Bytes.wrap(octets));
        }
      } while (source != null && left > 0);
      if (left == 0) {
        break;
      }
    }
    return left;
  }

  private static Ipv6 ipv6(InetAddress address) {
    return address instanceof Inet4Address
        ? Ipv6.ofText(address.getHostAddress())
        : Ipv6.of(Bytes.wrap(address.getAddress()));
  }

  /** Joins where it can, and leaves what has gone. */
  private void look() {
    for (Place each : places) {
      try {
        NetworkInterface found = NetworkInterface.getByName(each.interfaceName);
        String why = absence(found, each);
        Member member = members.get(each);
        if (member != null && (!why.isEmpty() || member.index != found.getIndex())) {
          members.remove(each);
          member.channel.close();
          member = null;
        }
        if (why.isEmpty() && member == null) {
          members.put(each, new Member(join(each, found), found.getIndex()));
        }
        absent.put(each, why);
      } catch (IOException | RuntimeException e) {
        absent.put(each, String.valueOf(e.getMessage()));
      }
    }
  }

  private static String absence(NetworkInterface found, Place place) throws SocketException {
    if (found == null || !found.isUp()) {
      return "there is no interface " + place.interfaceName + " that is up";
    }
    boolean isFour = place.group.isMapped();
    boolean hasAddress =
        found.inetAddresses().anyMatch(each -> each instanceof Inet4Address == isFour);
    return hasAddress
        ? ""
        : "%s has no IPv%s address".formatted(place.interfaceName, isFour ? "4" : "6");
  }

  private DatagramChannel join(Place place, NetworkInterface at) throws IOException {
    DatagramChannel channel = DatagramChannel.open(place.family());
    try {
      channel.configureBlocking(false);
      // Registrar, element and user of a host hear alike.
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, at);
      channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
      InetAddress group = address(place, at.getIndex());
      channel.bind(new InetSocketAddress(group, PORT));
      channel.join(group, at);
      channel.register(selector, SelectionKey.OP_READ);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static InetAddress address(Place place, int index) throws IOException {
    byte[] octets = place.group.bytes().toArray();
    return place.group.isMapped()
        ? InetAddress.getByAddress(octets)
        : Inet6Address.getByAddress(null, octets, index);
  }

  /** Says something in all groups; what cannot be sent is counted. Does not block. */
  public void send(Bytes message) {
    members.forEach(
        (place, member) -> {
          try (DatagramChannel out = DatagramChannel.open(place.family())) {
            NetworkInterface at = NetworkInterface.getByIndex(member.index);
            out.configureBlocking(false);
            out.setOption(StandardSocketOptions.IP_MULTICAST_IF, at);
            out.setOption(StandardSocketOptions.IP_MULTICAST_TTL, 1);
            InetAddress group = address(place, member.index);
            boolean isSent =
                out.send(ByteBuffer.wrap(message.toArray()), new InetSocketAddress(group, PORT))
                    > 0;
            (isSent ? sent : sendFailed).increment();
          } catch (IOException | RuntimeException e) {
            sendFailed.increment();
          }
        });
  }

  /** Links on which nothing is heard, a sentence each. */
  public List<String> complaints() {
    List<String> found = new ArrayList<>();
    if (!failure.isEmpty()) {
      found.add(failure);
    }
    for (Place each : places) {
      boolean isHeard =
          members.keySet().stream().anyMatch(one -> one.interfaceName.equals(each.interfaceName));
      if (each.group.equals(SIX) && !isHeard && absent.containsKey(each)) {
        found.add("announcements on " + each.interfaceName + ": " + absent.get(each));
      }
    }
    return found;
  }

  /** Counters by name in kebab case. */
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>();
    all.put("announcements-sent", sent.sum());
    all.put("announcements-not-sent", sendFailed.sum());
    return all;
  }

  /** Nothing is heard any more. */
  @Override
  public void close() {
    closed = true;
    Selector open = selector;
    if (open != null) {
      open.wakeup();
    }
    try {
      thread.join(LOOK_MILLIS);
      for (Member each : members.values()) {
        each.channel.close();
      }
    } catch (IOException e) {
      LOG.debug("{}: announcements: {}", name, e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
