// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseLineTest {
  private static final String LINE =
      "lease 2001:db8::5 na state=active subnet=1 client=duid:000300010203 iaid=7 since=100 heard=200"
          + " preferred=300 expires=never 2=686f7374 40000=";

  private static String text(Lease lease) {
    StringBuilder out = new StringBuilder();
    LeaseLine.write(lease, out);
    return out.toString();
  }

  @Test
  void aLineHasEverythingOfALease() {
    Lease lease = LeaseLine.lease(LINE);
    assertThat(lease.key()).isEqualTo(LeaseKey.address(Ipv6.ofText("2001:db8::5")));
    assertThat(lease.times()).isEqualTo(new LeaseTimes(100, 200, 300, LeaseTimes.NEVER));
    assertThat(lease.details().get(LeaseDetails.HOSTNAME)).contains(Bytes.ofUtf8("host"));
    assertThat(lease.details().get(40000)).contains(Bytes.EMPTY);
    assertThat(text(lease)).isEqualTo(LINE);
  }

  @Test
  void everyKindStateAndClientComesBack() {
    for (LeaseKind kind : LeaseKind.values()) {
      for (LeaseState state : LeaseState.values()) {
        for (ClientIdentity.Type type : ClientIdentity.Type.values()) {
          Ipv6 address = Ipv6.ofText(kind == LeaseKind.IPV4 ? "192.0.2.9" : "2001:db8:9::");
          Lease lease =
              new Lease(
                  new LeaseKey(5, kind, address, kind == LeaseKind.IA_PD ? 56 : 128),
                  0xffff_ffff_ffffL,
                  new ClientIdentity(type, type.code() == 0 ? Bytes.EMPTY : Bytes.of(1, 2)),
                  0xffff_ffffL,
                  state,
                  new LeaseTimes(-1, 2, LeaseTimes.NEVER, 4),
                  LeaseDetails.NONE.with(65535, Bytes.of(0)));
          assertThat(LeaseLine.lease(text(lease))).isEqualTo(lease);
        }
      }
    }
  }

  @Test
  void anyNameOfANoteComesBack() {
    NoteChange note = new NoteChange("a b%\n=ü/\u0000", Bytes.of(1, 255));
    StringBuilder out = new StringBuilder();
    LeaseLine.write(note, out);
    assertThat(out.toString()).doesNotContain("\n");
    assertThat(LeaseLine.note(out.toString())).isEqualTo(note);
  }

  @Test
  void whatMayBeLeftOutHasItsUsualValue() {
    Lease lease =
        LeaseLine.lease("lease 192.0.2.1 v4 state=active subnet=1 client=none: since=5 expires=9");
    assertThat(lease.times()).isEqualTo(new LeaseTimes(5, 5, 9, 9));
    assertThat(lease.iaid()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "state=active|state=aktiv|'aktiv' is no state; known are active, expired",
        "subnet=1|subnet=x|'subnet=x': 'x' is no number",
        "subnet=1 ||the field 'subnet' is missing",
        "client=duid:000300010203|client=000300010203|TYPE:OCTETS is wanted",
        "duid:000300010203|duid:0003000102zz|not hexadecimal octets: 0003000102zz",
        "2001:db8::5|2001:db8::5::|2001:db8::5::",
        "2001:db8::5|2001:db8::5/129|prefix length 129",
        " na | ia |'ia' is no kind; known are na, ta, pd, v4",
        "heard=|herd=|'herd' is no field of a lease",
        "iaid=7|iaid=4294967296|IAID 4294967296",
        "2=686f7374|70000=00|tag 70000",
      })
  void aBadValueIsNamed(String good, String bad, String message) {
    String line = LINE.replace(good, bad == null ? "" : bad);
    assertThatThrownBy(() -> LeaseLine.lease(line))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
