// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.Batch;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseImportTest {
  /** Of Kea 2.2. */
  private static final String KEA6 =
      "address,duid,valid_lifetime,expire,subnet_id,pref_lifetime,lease_type,iaid,prefix_len,fqdn_fwd,"
          + "fqdn_rev,hostname,hwaddr,state,user_context,hwtype,hwaddr_source";

  /** Of Kea 2.4 and later. */
  private static final String KEA4 =
      "address,hwaddr,client_id,valid_lifetime,expire,subnet_id,fqdn_fwd,fqdn_rev,hostname,state,"
          + "user_context,pool_id";

  @TempDir Path directory;

  private final Map<LeaseKey, Lease> leases = new HashMap<>();
  private final List<Batch> batches = new ArrayList<>();

  private ImportReport read(String... lines) throws IOException {
    Path file = directory.resolve("leases.csv");
    Files.writeString(file, String.join("\n", lines) + "\n");
    return new LeaseImport(this::append).read(List.of(file));
  }

  private CompletableFuture<Void> append(Batch batch) {
    batches.add(batch);
    batch
        .leases()
        .forEach(
            change ->
                change
                    .lease()
                    .ifPresentOrElse(
                        lease -> leases.put(change.key(), lease),
                        () -> leases.remove(change.key())));
    return CompletableFuture.completedFuture(null);
  }

  private Lease lease6(String address) {
    return leases.get(LeaseKey.address(Ipv6.ofText(address)));
  }

  private Lease lease4(String address) {
    return leases.get(LeaseKey.address(Family.IPV4, Ipv6.ofText(address)));
  }

  @Test
  void keaAddressesAndPrefixes() throws Exception {
    ImportReport report =
        read(
            KEA6,
            "2001:db8::1,00:03:00:01:02:03,4000,1700004000,7,3000,0,42,128,0,0,ho&#x2cst,02:03:04:05:06:07,0,,1,2",
            "2001:db8:8000::,00:03:00:01:02:04,4294967295,5994967295,7,4294967295,2,1,56,0,0,,,0,,,");
    assertThat(report.isExact()).isTrue();
    Lease address = lease6("2001:db8::1");
    assertThat(address.client().value().toHex()).isEqualTo("000300010203");
    assertThat(address.client().type()).isEqualTo(ClientIdentity.Type.DUID);
    assertThat(address.iaid()).isEqualTo(42);
    assertThat(address.subnetId()).isEqualTo(7);
    assertThat(address.times())
        .isEqualTo(new LeaseTimes(1700000000, 1700000000, 1700003000, 1700004000));
    assertThat(address.hardwareAddress()).hasToString("Optional[02:03:04:05:06:07]");
    assertThat(address.details().get(LeaseDetails.HOSTNAME)).contains(Bytes.ofUtf8("ho,st"));
    Lease prefix = leases.get(LeaseKey.prefix(new Prefix(Ipv6.ofText("2001:db8:8000::"), 56)));
    assertThat(prefix.times())
        .isEqualTo(new LeaseTimes(1700000000, 1700000000, LeaseTimes.NEVER, LeaseTimes.NEVER));
  }

  @Test
  void keaIpv4WithAndWithoutIdentifier() throws Exception {
    ImportReport report =
        read(
            KEA4,
            "192.0.2.1,02:03:04:05:06:07,01:02:03,3600,1700003600,1,0,0,,0,{ \"a\": 1 },0",
            "192.0.2.2,02:03:04:05:06:08,,3600,1700003600,1,1,0,,0,,0",
            "192.0.2.3,,,86400,1700086400,1,0,0,,1,,0",
            "192.0.2.4,02:03:04:05:06:09,,3600,1700003600,1,0,0,,2,,0");
    assertThat(report.refused()).isZero();
    assertThat(lease4("192.0.2.1").client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.of(1, 2, 3)));
    assertThat(lease4("192.0.2.1").hardwareAddress()).isPresent();
    assertThat(lease4("192.0.2.2").client())
        .isEqualTo(new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.of(1, 2, 3, 4, 5, 6, 8)));
    assertThat(lease4("192.0.2.3").state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(lease4("192.0.2.3").client()).isEqualTo(ClientIdentity.NONE);
    assertThat(lease4("192.0.2.3").times().expires()).isEqualTo(1700086400);
    assertThat(lease4("192.0.2.4").state()).isEqualTo(LeaseState.EXPIRED);
    assertThat(report.changed().first())
        .containsExactly(
            "leases.csv:2: not taken over: its user context",
            "leases.csv:3: not taken over: that its name is in the DNS");
    assertThat(report.isExact()).isFalse();
    assertThat(report.left()).isEqualTo(ImportReport.Part.NONE);
  }

  @Test
  void theLastLineOfALeaseCountsAndALifetimeOf0RemovesIt() throws Exception {
    read(
        KEA4,
        "192.0.2.1,02:03:04:05:06:07,,3600,1700003600,1,0,0,,0,,0",
        "192.0.2.2,02:03:04:05:06:08,,3600,1700003600,1,0,0,,0,,0",
        "192.0.2.1,02:03:04:05:06:07,,3600,1700007200,1,0,0,,0,,0",
        "192.0.2.2,02:03:04:05:06:08,,0,1700003600,1,0,0,,0,,0");
    assertThat(leases).hasSize(1);
    assertThat(lease4("192.0.2.1").times().expires()).isEqualTo(1700007200);
    assertThat(batches).hasSize(1);
  }

  @Test
  void registeredAddressesAreNoLeases() throws Exception {
    ImportReport report =
        read(KEA6, "2001:db8::1,00:03:00:01:02:03,4000,1700004000,7,3000,0,42,128,0,0,,,4,,1,2");
    assertThat(leases).isEmpty();
    assertThat(report.left().count()).isEqualTo(1);
    assertThat(report.left().first())
        .containsExactly(
            "leases.csv:2: the address was only registered by its client and is no lease");
    assertThat(report.isExact()).isFalse();
  }

  @Test
  void aBadLineIsToldAndTheOthersAreTakenIn() throws Exception {
    ImportReport report =
        read(
            KEA4,
            "192.0.2.1,02:03:04:05:06:zz,,3600,1700003600,1,0,0,,0,,0",
            "192.0.2.2,02:03:04:05:06:08,,long,1700003600,1,0,0,,0,,0",
            "192.0.2.300,02:03:04:05:06:08,,3600,1700003600,1,0,0,,0,,0",
            "192.0.2.4,02:03",
            "192.0.2.5,02:03:04:05:06:08,,3600,1700003600,1,0,0,,9,,0",
            "192.0.2.6,02:03:04:05:06:08,,3600,1700003600,1,0,0,,0,,0");
    assertThat(report.refused()).isEqualTo(5);
    assertThat(leases).hasSize(1);
    assertThat(report.problems().get(0))
        .isEqualTo(
            "leases.csv:2: hwaddr '02:03:04:05:06:zz' is not octets in hexadecimal in"
                + " '192.0.2.1,02:03:04:05:06:zz,,3600,1700003600,1,0,0,,0,,0'; correct the line and"
                + " import the file again");
    assertThat(report.problems().get(1)).contains("leases.csv:3: valid_lifetime 'long'");
    assertThat(report.problems().get(2)).contains("leases.csv:4: ").contains("192.0.2.300");
    assertThat(report.problems().get(3)).contains("leases.csv:5: 2 columns where");
    assertThat(report.problems().get(4)).contains("leases.csv:6: state '9' is not known");
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws Exception {
    assertThat(read("hello,world").problems()).singleElement().asString().contains("'hello,world'");
    assertThat(leases).isEmpty();
  }

  @Test
  void anExportThatIsCutShortIsSaid() throws Exception {
    String line = "lease 192.0.2.1 v4 state=active subnet=1 client=none: since=5 expires=9";
    assertThat(read("leasehold-leases 1", line).problems())
        .containsExactly(
            "leases.csv:2: the file is cut short, its last line 'end' is missing; export it again");
    assertThat(read("leasehold-leases 1", line, "end 2 0").remarks())
        .containsExactly("leases.csv: it has 1 leases and notes and was written with 'end 2 0'");
    assertThat(read("leasehold-leases 1", "# a remark", "", line, "end 1 0"))
        .isEqualTo(new ImportReport(5, 1, 0, List.of(), List.of()));
  }

  @Test
  void aStoreThatTakesNoMoreEndsTheImport() throws Exception {
    Path file = directory.resolve("leases.txt");
    Files.writeString(file, "leasehold-leases 1\nnote a 00\nend 0 1\n");
    LeaseImport stopped =
        new LeaseImport(batch -> CompletableFuture.failedFuture(new IOException("disk full")));
    assertThatThrownBy(() -> stopped.read(List.of(file)))
        .hasMessage("the store took only a part of the leases: disk full");
  }

  @Test
  void manyLeasesGoInBatches() throws Exception {
    List<String> lines = new ArrayList<>(List.of("leasehold-leases 1"));
    for (int i = 0; i < 5000; i++) {
      lines.add(
          "lease 2001:db8::%x na state=active subnet=1 client=duid:00 since=5 expires=9"
              .formatted(i));
    }
    lines.add("end 5000 0");
    assertThat(read(lines.toArray(String[]::new)).changes()).isEqualTo(5000);
    assertThat(leases).hasSize(5000);
    assertThat(batches).hasSize(10).allMatch(batch -> batch.leases().size() <= 512);
  }
}
