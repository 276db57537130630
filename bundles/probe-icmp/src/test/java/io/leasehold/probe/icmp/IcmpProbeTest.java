// SPDX-License-Identifier: Apache-2.0
package io.leasehold.probe.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Ipv6;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcmpProbeTest {
  private static final Ipv6 LOOPBACK = Ipv6.ofText("::ffff:127.0.0.1");
  private static final Ipv6 LOOPBACK_BROADCAST = Ipv6.ofText("::ffff:127.255.255.255");
  private static final Duration PATIENCE = Duration.ofMillis(500);

  @TempDir Path directory;
  private Path status;

  @BeforeEach
  void name() {
    status = directory.resolve("status");
  }

  private IcmpProbe probe(String capabilities) throws IOException {
    Files.writeString(status, "Name:\tjava\nCapEff:\t" + capabilities + "\nCapBnd:\t0\n");
    return new IcmpProbe(2, status);
  }

  private static boolean ask(IcmpProbe probe, Ipv6 address) {
    return probe.isInUse(address, PATIENCE).toCompletableFuture().join();
  }

  @Test
  void whoAnswersIsSeen() throws IOException {
    try (IcmpProbe probe = probe("000001ffffffffff")) {
      assertThat(ask(probe, LOOPBACK)).isTrue();
      assertThat(ask(probe, LOOPBACK_BROADCAST)).isFalse();

      assertThat(probe.alarms()).isEmpty();
      assertThat(probe.counters())
          .containsEntry("icmp-asked", 2L)
          .containsEntry("icmp-answered", 1L);
    }
  }

  @Test
  void withoutThePermissionNobodyIsAskedAndThatIsTold() throws IOException {
    try (IcmpProbe probe = probe("000001ffffffdfff")) {
      assertThat(ask(probe, LOOPBACK)).isFalse();
      assertThat(probe.alarms()).singleElement().asString().contains("CAP_NET_RAW");
      assertThat(probe.counters()).containsEntry("icmp-refused", 1L);
    }
  }

  @Test
  void aSystemThatDoesNotTellHasNoPermission() {
    assertThat(Permission.isIn(directory.resolve("nothing"))).isFalse();
  }

  @Test
  void theBoundIsChecked() {
    assertThatThrownBy(() -> new IcmpProbe(0)).hasMessageContaining("1 to 1024");
  }

  @Test
  void closingEndsItsThreads() throws IOException {
    IcmpProbe probe = probe("0000000000002000");
    ask(probe, LOOPBACK);
    probe.close();

    assertThat(ask(probe, LOOPBACK)).isFalse();
    Await.until(
        Duration.ofSeconds(5),
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("leasehold-probe-icmp")));
  }
}
