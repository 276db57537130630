// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Clients that each want one lease. A message is sent again after a second, then after two more and
 * so on, each time a tenth sooner or later (RFC 9915 section 15); who has no answer then after the
 * last time gives up.
 */
final class Crowd implements Path {
  private static final long SECOND = 1_000_000_000L;

  /** A message and what became of it; the transaction id is its number. */
  private final class Question {
    private final int type;
    private final int client;
    private final int number = ++questions;
    private final long since = agenda.now();
    private int sent;

    Question(int type, int client) {
      this.type = type;
      this.client = client;
      open.put(number, this);
      send();
    }

    private void send() {
      if (!open.containsKey(number)) {
        return;
      }
      if (sent == tries) {
        open.remove(number);
        return;
      }
      sent++;
      long wait = SECOND << (sent - 1);
      agenda.after(wait + (long) (wait * chance.nextDouble(-0.1, 0.1)), this::send);
      server.receive(datagram(), Crowd.this);
    }

    private Bytes datagram() {
      long elapsed = (agenda.now() - since) / 10_000_000;
      Options.Builder options = Options.builder();
      options.add(Dhcp6Options.CLIENT_ID, duid());
      options.add(Dhcp6OptionCode.ELAPSED_TIME, Bytes.of((int) elapsed >> 8, (int) elapsed & 255));
      options.add(Dhcp6Options.IA_NA, new IaNa(1, 0, 0, Options.EMPTY));
      if (type != Dhcp6MessageType.SOLICIT) {
        options.add(Dhcp6Options.SERVER_ID, BusyLane.ID);
      }
      return new ClientServerMessage(type, number, options.build()).encode();
    }

    private Duid duid() {
      byte[] octets = {0, 3, 0, 1, 2, 0, 0, 0, 0, 0};
      for (int i = 0; i < 4; i++) {
        octets[octets.length - 1 - i] = (byte) (client >> 8 * i);
      }
      return new Duid(Bytes.wrap(octets));
    }
  }

  private final Agenda agenda;
  private final BusyLane server;
  private final int tries;
  private final Map<Integer, Question> open = new HashMap<>();
  private final RandomGenerator chance = new SplittableRandom(1);
  private int questions;
  private int clients;
  private int leased;
  private int renewed;
  private int asked;
  private long slowest;

  /**
   * Nobody yet.
   *
   * @param tries how often a client sends a message
   */
  Crowd(Agenda agenda, BusyLane server, int tries) {
    this.agenda = agenda;
    this.server = server;
    this.tries = tries;
  }

  /** One more client begins. */
  void begin() {
    new Question(Dhcp6MessageType.SOLICIT, clients++);
  }

  /** So many clients begin in a second, in equal distances, from now on until a moment. */
  void begin(int perSecond, long until) {
    if (agenda.now() < until) {
      begin();
      agenda.after(SECOND / perSecond, () -> begin(perSecond, until));
    }
  }

  /** Those of the first clients renew, one after the other. */
  void renew(int among, int perSecond, long until) {
    if (agenda.now() < until) {
      new Question(Dhcp6MessageType.RENEW, asked++ % among);
      agenda.after(SECOND / perSecond, () -> renew(among, perSecond, until));
    }
  }

  int leased() {
    return leased;
  }

  /** How many renewals were answered within a second. */
  int renewed() {
    return renewed;
  }

  int askedToRenew() {
    return asked;
  }

  /** The longest time to an answer since this was asked the last time. */
  long slowestMillis() {
    long millis = slowest / 1_000_000;
    slowest = 0;
    return millis;
  }

  @Override
  public boolean send(Bytes message, Destination to) {
    ClientServerMessage answer = ClientServerMessage.decode(message);
    Question question = open.remove(answer.transactionId());
    if (question == null) {
      return true; // nobody waits for it any more
    }
    long took = agenda.now() - question.since;
    slowest = Math.max(slowest, took);
    if (question.type == Dhcp6MessageType.SOLICIT) {
      new Question(Dhcp6MessageType.REQUEST, question.client);
    } else if (question.type == Dhcp6MessageType.REQUEST) {
      leased++;
    } else if (took <= SECOND) {
      renewed++;
    }
    return true;
  }

  @Override
  public String interfaceName() {
    return "eth1";
  }

  @Override
  public Ipv6 local() {
    return Ipv6.ofText("ff02::1:2");
  }

  @Override
  public Ipv6 remote() {
    return Ipv6.ofText("fe80::1");
  }

  @Override
  public int remotePort() {
    return 546;
  }

  @Override
  public List<Ipv6> interfaceAddresses() {
    return List.of();
  }
}
