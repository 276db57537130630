// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.StatusCode;
import java.util.ArrayList;
import java.util.List;

/** Reads answers in tests, as text that can be compared at a glance. */
public final class Answers {
  private Answers() {}

  /** {@code 2001:db8::1 3000/4000} for each address of the IA_NA with the IAID. */
  public static List<String> addresses(ClientServerMessage reply, long iaid) {
    List<String> found = new ArrayList<>();
    for (IaAddress one : na(reply, iaid).options().all(Dhcp6Options.IAADDR)) {
      found.add(one.address() + " " + one.preferredSeconds() + "/" + one.validSeconds());
    }
    return found;
  }

  /** {@code 2001:db8::/56 3000/4000} for each prefix of the IA_PD with the IAID. */
  public static List<String> prefixes(ClientServerMessage reply, long iaid) {
    List<String> found = new ArrayList<>();
    for (IaPrefix one : pd(reply, iaid).options().all(Dhcp6Options.IAPREFIX)) {
      found.add(one.prefix() + " " + one.preferredSeconds() + "/" + one.validSeconds());
    }
    return found;
  }

  public static IaNa na(ClientServerMessage reply, long iaid) {
    return reply.options().all(Dhcp6Options.IA_NA).stream()
        .filter(ia -> ia.iaid() == iaid)
        .findFirst()
        .orElseThrow();
  }

  public static IaPd pd(ClientServerMessage reply, long iaid) {
    return reply.options().all(Dhcp6Options.IA_PD).stream()
        .filter(ia -> ia.iaid() == iaid)
        .findFirst()
        .orElseThrow();
  }

  /** The status code in a message or an association; -1 if there is none. */
  public static int status(Options options) {
    return options.first(Dhcp6Options.STATUS_CODE).map(StatusCode::code).orElse(-1);
  }
}
