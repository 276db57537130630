// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.codec.v6.IaPd;
import io.leasehold.codec.v6.IaPrefix;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.util.List;

/**
 * Writes what a client sends, with a relay agent around it where there is one.
 *
 * @param client its identifier
 * @param linkLocal its address on the link
 * @param relayed whether it is behind the relay agent
 */
record ClientMessages(Duid client, Ipv6 linkLocal, boolean relayed) {
  /** Link-address of the simulated relay agent. */
  static final Ipv6 RELAY = Ipv6.ofText("2001:db8:2::ffff");

  /** A datagram. */
  Bytes write(Question question, long elapsedMillis) {
    Options.Builder options = Options.builder();
    options.add(Dhcp6Options.CLIENT_ID, client);
    if (question.serverOrNull() != null) {
      options.add(Dhcp6Options.SERVER_ID, question.serverOrNull());
    }
    // RFC 8415 section 21.9: hundredths of a second, as far as they fit.
    options.add(Dhcp6Options.ELAPSED_TIME, (int) Math.min(elapsedMillis / 10, 0xffff));
    if (question.rapidCommit()) {
      options.add(Dhcp6Options.RAPID_COMMIT, Bytes.EMPTY);
    }
    question.associations().forEach((association, keys) -> add(options, association, keys));
    Bytes message =
        new ClientServerMessage(question.type(), question.transactionId(), options.build())
            .encode();
    return relayed ? relay(message) : message;
  }

  private static void add(Options.Builder options, Association association, List<LeaseKey> keys) {
    Options.Builder inside = Options.builder();
    long iaid = association.iaid();
    if (association.kind() == LeaseKind.IA_PD) {
      keys.forEach(
          key ->
              inside.add(Dhcp6Options.IAPREFIX, new IaPrefix(key.asPrefix(), 0, 0, Options.EMPTY)));
      options.add(Dhcp6Options.IA_PD, new IaPd(iaid, 0, 0, inside.build()));
    } else {
      keys.forEach(
          key ->
              inside.add(Dhcp6Options.IAADDR, new IaAddress(key.address(), 0, 0, Options.EMPTY)));
      options.add(Dhcp6Options.IA_NA, new IaNa(iaid, 0, 0, inside.build()));
    }
  }

  private Bytes relay(Bytes message) {
    Options options =
        Options.builder()
            .add(Dhcp6Options.RELAY_MSG, message)
            .add(Dhcp6Options.INTERFACE_ID, Bytes.ofUtf8("port-7"))
            .build();
    return RelayMessage.forward(0, RELAY, linkLocal, options).encode();
  }
}
