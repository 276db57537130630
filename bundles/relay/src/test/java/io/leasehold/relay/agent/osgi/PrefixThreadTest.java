// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.RouteSink;
import io.leasehold.relay.agent.Alarms;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.prefix.PrefixSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrefixThreadTest {
  private static final PrefixSettings SETTINGS = new PrefixSettings(true, 8, 100, true, 0);
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::a");

  @TempDir Path directory;

  private final RecordedRoutes routes = new RecordedRoutes();

  @Test
  void prefixesAreRoutedAndRoutedAgainAfterARestart() throws InterruptedException {
    try (PrefixThread thread = start(routes)) {
      thread.keeper().watch().toClient(reply(), "eth1", CLIENT, System.currentTimeMillis());
      assertThat(routes.next()).isEqualTo("add 2001:db8:1::/48 fe80::a eth1");
    }
    assertThat(threads()).isEmpty();
    try (PrefixThread thread = start(routes)) {
      assertThat(routes.next()).isEqualTo("add 2001:db8:1::/48 fe80::a eth1");
      assertThat(thread.keeper().prefixes()).hasSize(1);
    }
    assertThat(routes.isOver()).isTrue();
  }

  @Test
  void whatCameLastIsKeptAtTheEnd() throws InterruptedException {
    PrefixThread thread = start(null);
    thread.keeper().watch().toClient(reply(), "eth1", CLIENT, System.currentTimeMillis());
    thread.close();
    try (PrefixThread next = start(routes)) {
      assertThat(routes.next()).isEqualTo("add 2001:db8:1::/48 fe80::a eth1");
      assertThat(next.keeper().prefixes()).hasSize(1);
    }
  }

  @Test
  void providerThatHangsDoesNotHoldUpTheEnd() throws InterruptedException {
    CountDownLatch hangs = new CountDownLatch(1);
    RouteSink hanging =
        new RecordedRoutes(
            () -> {
              hangs.countDown();
              new CountDownLatch(1).await();
            });
    PrefixThread thread = start(hanging);
    thread.keeper().watch().toClient(reply(), "eth1", CLIENT, System.currentTimeMillis());
    assertThat(hangs.await(20, TimeUnit.SECONDS)).isTrue();
    thread.close();
    assertThat(threads()).isEmpty();
  }

  private List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("leasehold-relay-prefixes-campus"))
        .toList();
  }

  private PrefixThread start(RouteSink sinkOrNull) {
    PrefixThread thread =
        PrefixThread.start(
            "campus",
            new FilePrefixMedium(directory.resolve("relay/campus.prefixes")),
            new Tally(),
            new Alarms(),
            System::currentTimeMillis);
    thread.keeper().use(sinkOrNull);
    thread.keeper().configure(SETTINGS);
    return thread;
  }

  /** A prefix for a day. */
  static Bytes reply() {
    return Bytes.ofHex(
        // Reply, transaction; Client Identifier
        "07000007"
            + "00010003aabbcc"
            // IA_PD: IAID, T1, T2
            + "00190029"
            + "00000001"
            + "00000000"
            + "00000000"
            // IA Prefix: lifetimes, length, prefix
            + "001a0019"
            + "00015180"
            + "00015180"
            + "30"
            + "20010db8000100000000000000000000");
  }
}
