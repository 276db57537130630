// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What the command line asks for. README.md has every option. */
final class Settings {
  static final Set<String> VALUED =
      Set.of(
          "--to",
          "--relay",
          "--local",
          "--interface",
          "--rate",
          "--seconds",
          "--clients",
          "--drop-ms",
          "--warm",
          "--seed",
          "--closed",
          "--window",
          "--tick-us",
          "--pace",
          "--give-up",
          "--batch",
          "--port",
          "--server-port",
          "--loss",
          "--highest");
  static final Set<String> FLAGS = Set.of("--retransmit", "--search", "--json", "--check");

  /** The kinds of exchange. */
  enum Flow {
    FOUR,
    RAPID,
    RENEW
  }

  final boolean v6;
  final Flow flow;
  final boolean prefixes;
  final boolean echo;
  final double rate;
  final double seconds;
  final double warmSeconds;
  final long dropNanos;
  final long giveUpNanos;
  final boolean retransmit;
  final int clients;
  final int window;
  final boolean poisson;
  final long tickNanos;
  final int batch;
  final long seed;
  final boolean search;
  final boolean json;
  final boolean check;
  final double lossAllowed;
  final double highestRate;

  private final Words words;

  /**
   * Reads a command line.
   *
   * @throws IllegalArgumentException saying what is wrong
   */
  Settings(List<String> line) {
    words = new Words(line, VALUED, FLAGS);
    String mode = words.next().orElseThrow(() -> new IllegalArgumentException("which mode?"));
    echo = mode.equals("echo");
    if (echo) {
      mode = words.next().orElseThrow(() -> new IllegalArgumentException("echo of 6 or 4?"));
    }
    v6 = mode.startsWith("6");
    prefixes = mode.equals("6pd");
    flow =
        switch (mode) {
          case "6", "4", "6pd" -> Flow.FOUR;
          case "6rapid" -> Flow.RAPID;
          case "6renew", "4renew" -> Flow.RENEW;
          default -> throw new IllegalArgumentException("no such mode: " + mode);
        };
    words.next().ifPresent(word -> refuse("what is " + word + "?"));
    window = words.whole("--closed", words.whole("--window", 0));
    rate = words.number("--rate", 1000);
    seconds = words.number("--seconds", echo ? 0 : 5);
    warmSeconds = words.number("--warm", 0);
    dropNanos = (long) (words.number("--drop-ms", 1000) * 1e6);
    giveUpNanos = (long) (words.number("--give-up", 60) * 1e9);
    retransmit = words.has("--retransmit");
    clients = words.whole("--clients", flow == Flow.RENEW ? 10_000 : 0);
    poisson = words.text("--pace").orElse("even").equals("poisson");
    tickNanos = 1000L * words.whole("--tick-us", window > 0 ? 0 : 500);
    batch = words.whole("--batch", 128);
    seed = (long) words.number("--seed", RandomGenerator.getDefault().nextInt(1, 1 << 30));
    search = words.has("--search");
    json = words.has("--json");
    check = words.has("--check");
    lossAllowed = words.number("--loss", 1) / 100;
    highestRate = words.number("--highest", 1_000_000);
    check();
  }

  private void check() {
    if (!echo && words.text("--to").isEmpty() && (!v6 || words.text("--interface").isEmpty())) {
      refuse(v6 ? "--to ADDRESS or --interface NAME?" : "--to ADDRESS?");
    }
    if (rate <= 0 || batch < 1 || batch > 1024) {
      refuse("--rate is more than 0, --batch from 1 to 1024");
    }
    if (dropNanos > 1e6 * Timers.LONGEST_MILLIS) {
      refuse("--drop-ms is at most " + Timers.LONGEST_MILLIS);
    }
    if (!List.of("even", "poisson").contains(words.text("--pace").orElse("even"))) {
      refuse("--pace is even or poisson");
    }
    if (search && (window > 0 || retransmit)) {
      refuse("--search goes with neither --closed nor --retransmit");
    }
  }

  private static void refuse(String why) {
    throw new IllegalArgumentException(why);
  }

  /** Tells this run's clients from another's; of the hardware address the second octet. */
  byte salt() {
    return (byte) (seed ^ seed >> 8 ^ seed >> 16);
  }

  /** Number of the first client. */
  int base() {
    return (int) (seed * 0x9e3779b97f4a7c15L >>> 33) & 0x7fff_ffff;
  }

  /** The messages to be sent. */
  Protocol protocol() throws IOException {
    byte[] relay =
        words.has("--relay")
            ? InetAddress.getByName(words.text("--relay").get()).getAddress()
            : null;
    if (v6) {
      return new Protocol6(relay, salt(), flow == Flow.RAPID, prefixes);
    }
    return new Protocol4(relay != null ? relay : local().getAddress(), salt());
  }

  private boolean isDirect() {
    return v6 && !words.has("--relay");
  }

  private InetAddress local() throws IOException {
    if (words.has("--local")) {
      return InetAddress.getByName(words.text("--local").get());
    }
    if (v6) {
      return null;
    }
    throw new IllegalArgumentException("--local ADDRESS or --relay ADDRESS?");
  }

  private NetworkInterface nic() throws IOException {
    String name = words.text("--interface").orElse(null);
    NetworkInterface nic = name == null ? null : NetworkInterface.getByName(name);
    if (name != null && nic == null) {
      throw new IllegalArgumentException("no interface " + name);
    }
    return nic;
  }

  /**
   * The socket that clients or a relay receive with: connected to the server where it has one
   * address.
   */
  UdpEndpoint receiver() throws IOException {
    int port = words.whole("--port", isDirect() ? 546 : v6 ? 547 : 67);
    InetAddress local = v6 || words.has("--local") ? local() : null;
    UdpEndpoint endpoint = UdpEndpoint.bind(v6, local, port, nic());
    if (words.has("--to")) {
      connect(endpoint, InetAddress.getByName(words.text("--to").get()));
    }
    return endpoint;
  }

  /**
   * The socket to send with: the same, but with multicast, which cannot be answered from where it
   * is sent to.
   */
  UdpEndpoint sender(UdpEndpoint receiver) throws IOException {
    if (words.has("--to")) {
      return receiver;
    }
    int port = words.whole("--port", isDirect() ? 546 : 547);
    UdpEndpoint endpoint = UdpEndpoint.bind(true, local(), port, nic());
    connect(endpoint, InetAddress.getByName("ff02::1:2"));
    return endpoint;
  }

  private void connect(UdpEndpoint endpoint, InetAddress to) throws IOException {
    endpoint.connect(to, words.whole("--server-port", v6 ? 547 : 67), nic());
  }

  /** The socket of the echo. */
  UdpEndpoint echoEndpoint() throws IOException {
    InetAddress local =
        words.has("--local") ? InetAddress.getByName(words.text("--local").get()) : null;
    NetworkInterface nic = nic();
    UdpEndpoint endpoint = UdpEndpoint.bind(v6, local, words.whole("--port", v6 ? 547 : 67), nic);
    if (v6 && nic != null && local == null) {
      endpoint.join(InetAddress.getByName("ff02::1:2"), nic);
    }
    return endpoint;
  }
}
