// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DhcpdLeasesTest {
  private static final String BEGIN =
      "# The format of this file is documented in the dhcpd.leases(5) manual page.\n"
          + "# This lease file was written by isc-dhcp-4.4.3-P1\n\n";

  @TempDir Path directory;

  private final Map<LeaseKey, Lease> leases = new HashMap<>();

  private ImportReport read(String text) throws IOException {
    Path file = directory.resolve("dhcpd.leases");
    Files.writeString(file, text);
    return new LeaseImport(
            batch -> {
              batch.leases().forEach(this::take);
              return CompletableFuture.completedFuture(null);
            })
        .read(List.of(file));
  }

  private void take(LeaseChange change) {
    if (change.lease().isPresent()) {
      leases.put(change.key(), change.lease().get());
    } else {
      leases.remove(change.key());
    }
  }

  private Lease lease(String address) {
    Ipv6 key = Ipv6.ofText(address);
    return leases.get(LeaseKey.address(key.isMapped() ? Family.IPV4 : Family.IPV6, key));
  }

  @Test
  void aLeaseOfDhcpv4IsTakenWithItsTimesAndItsClient() throws IOException {
    ImportReport report =
        read(
            BEGIN
                + """
                authoring-byte-order little-endian;
                lease 192.0.2.5 {
                  starts 4 2023/06/01 10:00:00;
                  ends 4 2023/06/01 12:00:00;
                  cltt 4 2023/06/01 10:00:01;
                  binding state active;
                  next binding state free;
                  rewind binding state free;
                  hardware ethernet 2:00:00:00:00:0a;
                  uid "\\001\\002\\"\\000";
                  set vendor-class-identifier = "x";
                  client-hostname "desk";
                }
                """);

    assertThat(report.problems()).isEmpty();
    assertThat(report.changed().first())
        .containsExactly(
            "dhcpd.leases:5: lease 192.0.2.5: not taken over: set vendor-class-identifier");
    Lease lease = lease("192.0.2.5");
    assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(lease.times())
        .isEqualTo(new LeaseTimes(1685613601, 1685613601, 1685620800, 1685620800));
    assertThat(lease.client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.of(1, 2, '"', 0)));
    assertThat(lease.hardwareAddress().orElseThrow().address())
        .isEqualTo(Bytes.ofHex("02000000000a"));
    assertThat(lease.details().get(LeaseDetails.HOSTNAME)).contains(Bytes.ofUtf8("desk"));
  }

  @Test
  void theLastBlockCountsAndFreeLeasesAreNobodys() throws IOException {
    String block = "lease 192.0.2.%d {\n  starts epoch 100; ends %s; binding state %s; %s }\n";
    String hardware = "hardware ethernet 02:00:00:00:00:01;";
    ImportReport report =
        read(
            block.formatted(1, "epoch 200", "active", hardware)
                + block.formatted(1, "epoch 150", "free", hardware)
                + block.formatted(2, "epoch 200", "free", hardware)
                + block.formatted(2, "never", "active", hardware)
                + block.formatted(3, "epoch 200", "abandoned", "")
                + block.formatted(4, "epoch 200", "expired", hardware)
                + block.formatted(5, "epoch 150", "released", hardware)
                + block.formatted(6, "epoch 150", "odd", hardware)
                + block.formatted(7, "epoch 150", "active", ""));

    assertThat(leases).hasSize(4);
    assertThat(lease("192.0.2.1")).isNull();
    assertThat(lease("192.0.2.2").times().expires()).isEqualTo(LeaseTimes.NEVER);
    assertThat(lease("192.0.2.2").client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.of(1, 2, 0, 0, 0, 0, 1)));
    assertThat(lease("192.0.2.3").client()).isEqualTo(ClientIdentity.NONE);
    assertThat(lease("192.0.2.4").state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(lease("192.0.2.4").times()).isEqualTo(new LeaseTimes(200, 100, 100, 300));
    assertThat(lease("192.0.2.5").state()).isEqualTo(LeaseState.RELEASED);
    assertThat(report.refused()).isEqualTo(2);
    assertThat(report.problems().get(0)).contains("dhcpd.leases:15:", "'odd' is not known");
    assertThat(report.problems().get(1)).contains("neither uid nor hardware");
    assertThat(report.remarks())
        .containsExactly("dhcpd.leases: 2 free leases are not taken over: nobody holds them");
  }

  @Test
  void associationsOfDhcpv6AreTaken() throws IOException {
    ImportReport report =
        read(
            BEGIN
                + """
            server-duid "\\000\\001\\000\\001xxxxxxxxxx";

            ia-na "\\001\\002\\000\\000\\000\\003\\000\\001\\002\\000\\000\\000\\000\\001" {
              cltt epoch 1000;
              iaaddr 2001:db8::5 {
                binding state active;
                preferred-life 60;
                max-life 100;
                ends epoch 1100;
              }
            }
            ia-pd "\\001\\002\\000\\000\\000\\003\\000\\001\\002\\000\\000\\000\\000\\001" {
              cltt epoch 1000;
              iaprefix 2001:db8:1::/56 { binding state released; max-life 100; ends epoch 1100; }
            }
            """);

    assertThat(report.left().first())
        .singleElement()
        .asString()
        .startsWith("dhcpd.leases:4: no lease: server-duid");
    assertThat(report.changed()).isEqualTo(ImportReport.Part.NONE);
    Lease address = lease("2001:db8::5");
    assertThat(address.iaid()).isEqualTo(0x0201);
    assertThat(address.client().value()).isEqualTo(Bytes.ofHex("00030001020000000001"));
    assertThat(address.times()).isEqualTo(new LeaseTimes(1000, 1000, 1060, 1100));
    assertThat(leases.get(LeaseKey.prefix(Prefix.ofText("2001:db8:1::/56"))).state())
        .isEqualTo(LeaseState.RELEASED);
  }

  @Test
  void theByteOrderOfTheMachineCounts() throws IOException {
    read(
        "authoring-byte-order big-endian;\n"
            + "ia-na \"\\000\\000\\002\\001\\000\\003ab\" { cltt epoch 1; iaaddr 2001:db8::5 { binding"
            + " state active; ends epoch 9; } }");

    assertThat(lease("2001:db8::5").iaid()).isEqualTo(0x0201);
  }

  @Test
  void anyInputEnds() throws IOException {
    String deep = "lease 192.0.2.1 " + "{ a ".repeat(100_000);
    read(deep);
    read("lease 192.0.2.1 { \"unclosed");
    DhcpdScanner scanner = new DhcpdScanner(new StringReader("\\ \" \\9 \\x \\777 \\"), 1);
    for (int i = 0; i < 20; i++) {
      scanner.next();
    }
    assertThat(scanner.next().kind()).isEqualTo(DhcpdScanner.Kind.END);
  }
}
