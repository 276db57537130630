// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How long clients have their addresses: lease time, T1 and T2 (RFC 2131 section 4.4.5). For who
 * gets the usual time of its subnet they are made ready once. Immutable, for any thread.
 */
final class Timers {
  private static final int MOST_OPTIONS = 3;

  private final Map<Subnet, Options> usual = new IdentityHashMap<>();

  /** Takes in a plan. */
  Timers(FamilyPlan plan) {
    Map<Lifetimes, Options> shared = new HashMap<>();
    for (Link link : plan.links()) {
      for (Subnet subnet : link.subnets()) {
        Lifetimes times = subnet.lifetimes();
        usual.put(
            subnet, shared.computeIfAbsent(times, same -> options(same, same.valid().usual())));
      }
    }
  }

  /** The options for who gets an address. */
  Options of(Grant grant) {
    Subnet subnet = grant.choice().subnet();
    Lifetimes times = subnet.lifetimes();
    return grant.validSeconds() == times.valid().usual()
        ? usual.get(subnet)
        : options(times, grant.validSeconds());
  }

  /** When who gets an address is to renew it: as it is told, or what it takes by itself. */
  static long renewSeconds(Grant grant) {
    Lifetimes times = grant.choice().subnet().lifetimes();
    long valid = grant.validSeconds();
    long renew = time(times.renew(), times, times.renewFraction(), valid);
    return renew > 0 && renew < valid ? renew : valid / 2;
  }

  /** As in Kea: T1 and T2 only where they are before what comes after them. */
  private static Options options(Lifetimes times, long valid) {
    long rebind = time(times.rebind(), times, times.rebindFraction(), valid);
    long renew = time(times.renew(), times, times.renewFraction(), valid);
    boolean rebinds = rebind > 0 && rebind < valid;
    Options.Builder options = Options.builder(MOST_OPTIONS);
    add(options, Dhcp4OptionCode.LEASE_TIME, valid);
    if (renew > 0 && renew < (rebinds ? rebind : valid)) {
      add(options, Dhcp4OptionCode.RENEWAL_TIME, renew);
    }
    if (rebinds) {
      add(options, Dhcp4OptionCode.REBINDING_TIME, rebind);
    }
    return options.build();
  }

  private static long time(OptionalLong dictated, Lifetimes plan, double part, long valid) {
    boolean computed = plan.computeTimers() && valid != Lifetimes.FOREVER;
    return dictated.orElse(computed ? Math.round(valid * part) : 0);
  }

  private static void add(Options.Builder options, int code, long seconds) {
    options.add(code, new ByteWriter(Integer.BYTES).u32(seconds).toBytes());
  }
}
