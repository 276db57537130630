// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/**
 * What a server says, as far as a client cares.
 *
 * @param type message type
 * @param transactionId whose question it answers
 * @param client to whom
 * @param serverId who answers
 * @param status status of the message as a whole
 * @param grants addresses and prefixes, also those with a lifetime of 0
 * @param refusals associations with a status that is not Success
 */
public record ServerAnswer(
    int type,
    int transactionId,
    Bytes client,
    Bytes serverId,
    int status,
    List<Grant> grants,
    List<Refusal> refusals) {

  /** One address or prefix. */
  public record Grant(LeaseKey key, long iaid, long t1, long t2, long preferred, long valid) {}

  /** An association that got nothing. */
  public record Refusal(LeaseKind kind, long iaid, int status) {}

  /** Reads a datagram, Relay-reply messages around it included. */
  public static ServerAnswer decode(Bytes datagram) {
    ClientServerMessage message = RelayChain.decode(datagram).message();
    Options options = message.options();
    List<Grant> grants = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    for (IaNa ia : options.all(Dhcp6Options.IA_NA)) {
      for (IaAddress a : ia.options().all(Dhcp6Options.IAADDR)) {
        LeaseKey key = LeaseKey.address(a.address());
        long preferred = a.preferredSeconds();
        grants.add(
            new Grant(key, ia.iaid(), ia.t1Seconds(), ia.t2Seconds(), preferred, a.validSeconds()));
      }
      refusal(LeaseKind.IA_NA, ia.iaid(), ia.options(), refusals);
    }
    for (IaPd ia : options.all(Dhcp6Options.IA_PD)) {
      for (IaPrefix p : ia.options().all(Dhcp6Options.IAPREFIX)) {
        LeaseKey key = LeaseKey.prefix(p.prefix());
        long preferred = p.preferredSeconds();
        grants.add(
            new Grant(key, ia.iaid(), ia.t1Seconds(), ia.t2Seconds(), preferred, p.validSeconds()));
      }
      refusal(LeaseKind.IA_PD, ia.iaid(), ia.options(), refusals);
    }
    return new ServerAnswer(
        message.type(),
        message.transactionId(),
        options.first(Dhcp6Options.CLIENT_ID).map(duid -> duid.value()).orElse(Bytes.EMPTY),
        options.first(Dhcp6Options.SERVER_ID).map(duid -> duid.value()).orElse(Bytes.EMPTY),
        status(options),
        grants,
        refusals);
  }

  private static void refusal(LeaseKind kind, long iaid, Options options, List<Refusal> into) {
    int status = status(options);
    if (status != Dhcp6StatusCode.SUCCESS) {
      into.add(new Refusal(kind, iaid, status));
    }
  }

  private static int status(Options options) {
    return options
        .first(Dhcp6Options.STATUS_CODE)
        .map(StatusCode::code)
        .orElse(Dhcp6StatusCode.SUCCESS);
  }
}
