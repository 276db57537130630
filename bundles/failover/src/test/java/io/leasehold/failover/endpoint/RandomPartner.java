// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientFqdn;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Duid;
import io.leasehold.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * A partner that says anything at any time, all of it well formed. It names few leases and clients,
 * so that what it says is of leases that there are, and remembers on what the server may rely.
 */
final class RandomPartner {
  private static final List<ServerState> STATES =
      List.of(ServerState.values()).stream().filter(one -> one != ServerState.STARTUP).toList();

  private final SplittableRandom random;
  private final Peer peer;
  private final Reliance reliance;

  RandomPartner(Peer peer, SplittableRandom random, Reliance reliance) {
    this.peer = peer;
    this.random = random;
    this.reliance = reliance;
  }

  /** Says what comes first, mostly. */
  void greet() {
    if (peer.isOpen() && random.nextInt(8) != 0) {
      state();
    }
  }

  /** Says something. */
  void speak() {
    switch (random.nextInt(16)) {
      case 0, 1 -> state();
      case 2 -> peer.says(Dhcp6MessageType.UPDREQ, id(), noise());
      case 3 -> peer.says(Dhcp6MessageType.UPDREQALL, id(), noise());
      case 4 -> peer.says(Dhcp6MessageType.UPDDONE, answerTo(peer.requests()), noise());
      case 5 -> peer.says(Dhcp6MessageType.POOLREQ, id(), noise());
      case 6 -> peer.says(Dhcp6MessageType.POOLRESP, id(), noise());
      case 7 -> rarely();
      case 8, 9, 10 -> reply();
      default -> tell();
    }
  }

  private void tell() {
    Options update = update();
    int id = id();
    long now = peer.clock.wall();
    reliance.said(update, now);
    peer.says(Dhcp6MessageType.BNDUPD, id, update);
    List<FailoverMessage> answers =
        peer.heard.stream()
            .filter(one -> one.type() == Dhcp6MessageType.BNDREPLY && one.transactionId() == id)
            .toList();
    assertThat(answers).hasSizeLessThanOrEqualTo(1);
    answers.forEach(one -> reliance.taken(update, one.options(), now));
  }

  /** What ends a connection. */
  private void rarely() {
    switch (random.nextInt(12)) {
      case 0 -> peer.says(Dhcp6MessageType.DISCONNECT, id(), status());
      case 1 -> peer.says(Dhcp6MessageType.CONNECT, id(), peer.terms.toOptions(Optional.empty()));
      case 2 ->
          peer.says(Dhcp6MessageType.CONNECTREPLY, id(), peer.terms.toOptions(Optional.empty()));
      default -> peer.says(Dhcp6MessageType.CONTACT, id(), noise());
    }
  }

  private void state() {
    ServerState state =
        random.nextInt(3) == 0 ? ServerState.NORMAL : STATES.get(random.nextInt(STATES.size()));
    peer.says(
        state,
        new ServerFlags(random.nextInt(4) != 0, random.nextInt(4) == 0, random.nextBoolean()),
        peer.clock.wall() - random.nextInt(9000) + random.nextInt(10));
  }

  private int id() {
    return random.nextInt(1, 1 << 24);
  }

  /** The id of something that was asked, or of nothing. */
  private int answerTo(List<FailoverMessage> asked) {
    return asked.isEmpty() || random.nextInt(4) == 0
        ? id()
        : asked.get(random.nextInt(asked.size())).transactionId();
  }

  private void reply() {
    List<FailoverMessage> asked =
        peer.heard.stream().filter(one -> one.type() == Dhcp6MessageType.BNDUPD).toList();
    if (asked.isEmpty() || random.nextInt(8) == 0) {
      peer.says(Dhcp6MessageType.BNDREPLY, id(), update());
      return;
    }
    FailoverMessage one = asked.get(random.nextInt(asked.size()));
    Options answer =
        random.nextInt(4) == 0
            ? status()
            : BindingContainer.read(one.options()).map(this::echo).orElseGet(this::status);
    reliance.answered(answer, peer.clock.wall());
    peer.says(Dhcp6MessageType.BNDREPLY, one.transactionId(), answer);
  }

  private Options echo(BindingContainer update) {
    if (update instanceof PrefixBinding prefix) {
      return new PrefixBinding(
              Optional.empty(), Optional.empty(), prefix.lease().answer(maybeRefused()))
          .toOptions();
    }
    ClientBinding client = (ClientBinding) update;
    List<BoundAssociation> answers =
        client.associations().stream()
            .map(
                each ->
                    association(
                        each, each.leases().stream().map(it -> it.answer(maybeRefused())).toList()))
            .toList();
    return client.answer(maybeRefused(), answers).toOptions();
  }

  private static BoundAssociation association(BoundAssociation like, List<BoundLease> leases) {
    return new BoundAssociation(
        like.kind(), like.iaid(), like.t1Seconds(), like.t2Seconds(), Optional.empty(), leases);
  }

  private Options update() {
    if (random.nextInt(20) == 0) {
      return noise();
    }
    Optional<AbsoluteTime> base =
        random.nextInt(10) == 0
            ? Optional.empty()
            : Optional.of(AbsoluteTime.ofUnixSeconds(peer.clock.wall()));
    return random.nextInt(4) == 0
        ? new PrefixBinding(base, Optional.empty(), lease(prefix(), base)).toOptions()
        : client(base).toOptions();
  }

  private ClientBinding client(Optional<AbsoluteTime> base) {
    List<BoundAssociation> associations = new ArrayList<>();
    for (int count = random.nextInt(1, 3); count > 0; count--) {
      boolean isPrefix = random.nextInt(3) == 0;
      associations.add(
          new BoundAssociation(
              isPrefix ? BoundAssociation.Kind.PREFIXES : BoundAssociation.Kind.ADDRESSES,
              random.nextInt(3),
              300,
              480,
              random.nextInt(20) == 0 ? maybeRefused() : Optional.empty(),
              List.of(lease(isPrefix ? prefix() : address(), base))));
    }
    return new ClientBinding(
        random.nextInt(10) == 0 ? Optional.empty() : Optional.of(duid(random.nextInt(8))),
        base,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        associations);
  }

  static Duid duid(int client) {
    return new Duid(Bytes.of(0, 3, 0, 1, 2, 0, 0, 0, 0, client));
  }

  private Prefix address() {
    return EndpointFuzzTest.address(random).prefix(128);
  }

  private Prefix prefix() {
    return EndpointFuzzTest.prefix(random);
  }

  /** A contact with the client is counted from the base time, without which there is none. */
  private BoundLease lease(Prefix unit, Optional<AbsoluteTime> base) {
    BindingFacts facts =
        new BindingFacts(
            random.nextInt(20) == 0 ? Optional.empty() : Optional.of(random.nextInt(1, 10)),
            often(this::time),
            often(this::time),
            base.flatMap(from -> often(this::time)),
            often(this::time),
            maybe(this::time),
            maybe(this::time),
            maybe(this::time),
            random.nextInt(10) == 0
                ? Optional.of(new ClientFqdn(0, Optional.of(DomainName.ofText("a.example"))))
                : Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new BoundLease(unit, random.nextInt(4000), random.nextInt(4000), facts);
  }

  /** Near now, or anything. */
  private AbsoluteTime time() {
    return random.nextInt(10) == 0
        ? new AbsoluteTime(random.nextLong() & 0xffff_ffffL)
        : AbsoluteTime.ofUnixSeconds(peer.clock.wall() - 4000 + random.nextInt(9000));
  }

  private Optional<StatusCode> maybeRefused() {
    return random.nextInt(4) == 0
        ? Optional.of(new StatusCode(random.nextInt(24), "said so"))
        : Optional.empty();
  }

  private Options status() {
    return Options.builder()
        .add(Dhcp6Options.STATUS_CODE, new StatusCode(random.nextInt(24), "said so"))
        .build();
  }

  private Options noise() {
    return random.nextInt(4) == 0 ? status() : Options.EMPTY;
  }

  private <T> Optional<T> maybe(Supplier<T> value) {
    return random.nextInt(3) == 0 ? Optional.of(value.get()) : Optional.empty();
  }

  private <T> Optional<T> often(Supplier<T> value) {
    return random.nextInt(8) != 0 ? Optional.of(value.get()) : Optional.empty();
  }
}
