// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.PdExclude;
import io.leasehold.net.Bytes;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import java.util.List;

/** Writes identity associations into replies (RFC 8415 sections 21.4, 21.6, 21.21 and 21.22). */
final class AssociationWriter {
  private static final int IA_HEADER = 12;
  private static final int ADDRESS_LENGTH = 24;
  private static final int PREFIX_LENGTH = 25;

  private final RenewalTimes times;
  private final boolean excludes;

  /**
   * @param times T1 and T2 of associations with something to renew
   * @param excludes whether the client understands Prefix Exclude (RFC 6603 section 4.1)
   */
  AssociationWriter(RenewalTimes times, boolean excludes) {
    this.times = times;
    this.excludes = excludes;
  }

  /** Adds the associations in order. */
  void addTo(Options.Builder reply, List<AssociationAnswer> answers) {
    for (AssociationAnswer answer : answers) {
      if (!answer.isEmpty()) {
        boolean prefixes = answer.association().isForPrefixes();
        reply.add(prefixes ? Dhcp6OptionCode.IA_PD : Dhcp6OptionCode.IA_NA, encode(answer));
      }
    }
  }

  private Bytes encode(AssociationAnswer answer) {
    boolean prefixes = answer.association().isForPrefixes();
    RenewalTimes own = answer.grants().isEmpty() ? RenewalTimes.NONE : times;
    ByteWriter out = new ByteWriter(expectedLength(answer, prefixes));
    out.u32(answer.association().sentIaid()).u32(own.t1Seconds()).u32(own.t2Seconds());
    for (Grant grant : answer.grants()) {
      Bytes excluded = prefixes ? excluded(grant) : Bytes.EMPTY;
      long preferred = grant.preferredSeconds();
      lease(out, prefixes, grant.key().asPrefix(), excluded, preferred, grant.validSeconds());
    }
    for (Prefix gone : answer.invalid()) {
      lease(out, prefixes, gone, Bytes.EMPTY, 0, 0);
    }
    Option status = answer.statusOrNull();
    if (status != null) {
      out.u16(status.code()).u16(status.value().length()).bytes(status.value());
    }
    return out.toBytes();
  }

  private static int expectedLength(AssociationAnswer answer, boolean prefixes) {
    int count = answer.grants().size() + answer.invalid().size();
    int each = Option.HEADER_LENGTH + (prefixes ? PREFIX_LENGTH : ADDRESS_LENGTH);
    Option status = answer.statusOrNull();
    return IA_HEADER
        + count * each
        + (status == null ? 0 : Option.HEADER_LENGTH + status.value().length());
  }

  private static void lease(
      ByteWriter out, boolean isPrefix, Prefix lease, Bytes inside, long preferred, long valid) {
    if (isPrefix) {
      out.u16(Dhcp6OptionCode.IAPREFIX).u16(PREFIX_LENGTH + inside.length());
      out.u32(preferred).u32(valid).u8(lease.length()).ipv6(lease.address()).bytes(inside);
    } else {
      out.u16(Dhcp6OptionCode.IAADDR).u16(ADDRESS_LENGTH);
      out.ipv6(lease.address()).u32(preferred).u32(valid);
    }
  }

  /** RFC 6603 section 4.2: only for a client that asks for it. */
  private Bytes excluded(Grant grant) {
    Prefix excluded = excludes ? grant.choice().excluded().orElse(null) : null;
    if (excluded == null) {
      return Bytes.EMPTY;
    }
    PdExclude relative = PdExclude.of(grant.key().asPrefix(), excluded);
    return Options.builder().add(Dhcp6Options.PD_EXCLUDE, relative).build().encode();
  }
}
