// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.Channel;
import io.leasehold.security.CloseReason;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.dtls.Counts.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that is kept up. May be used from any thread; what connects runs on the thread of
 * the transport.
 */
final class DtlsLink implements Link {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsLink.class);

  private final String id;
  private final ConnectSpec spec;
  private final Inbound inbound;
  private final DtlsTransport transport;
  private final Channel channel;
  private final Counts counts = new Counts();
  private final Pauses pauses;
  private final List<Attempt> draining = new ArrayList<>();
  private AutoCloseable changes = () -> {};
  private volatile Attempt current;
  private Attempt next;
  private boolean renewing;
  private boolean closed;
  private String reason = "not connected yet";
  private Instant since;

  DtlsLink(ConnectSpec spec, Inbound inbound, DtlsTransport transport) {
    this.id = transport.newId();
    this.spec = spec;
    this.inbound = inbound;
    this.transport = transport;
    this.channel = transport.surroundings().channels().channel(spec.channel());
    this.pauses = new Pauses(transport.settings(), transport.surroundings());
    this.since = transport.surroundings().clock().instant();
  }

  /** Begins to connect. */
  void open() {
    changes = channel.onChange(change -> transport.later(() -> follow(change)));
    transport.later(this::connectIfDue);
  }

  private void follow(Channel.Change change) {
    switch (change) {
      case GONE -> endAll(channel.health().reason());
      case RENEWED -> renew();
      case HEALTH -> {
        pauses.none();
        connectIfDue();
      }
    }
  }

  private void endAll(String why) {
    List<Attempt> all = all();
    synchronized (this) {
      down(why);
    }
    all.forEach(each -> each.association().end(CloseReason.DONE, why));
  }

  private void down(String why) {
    reason = why;
    since = transport.surroundings().clock().instant();
  }

  private synchronized List<Attempt> all() {
    List<Attempt> all = new ArrayList<>(draining);
    Optional.ofNullable(current).ifPresent(all::add);
    Optional.ofNullable(next).ifPresent(all::add);
    return all;
  }

  /** Looks what is due. On the thread of the transport. */
  void tick(long now) {
    for (Attempt attempt : all()) {
      attempt.association().tick(now);
    }
    endSlowHandshake(now);
    endDrained(now);
    watch(now);
    connectIfDue();
  }

  private void endSlowHandshake(long now) {
    Attempt slow;
    synchronized (this) {
      slow = next;
    }
    Duration most = transport.settings().handshake();
    if (slow != null && slow.association().moments().ageNanos(now) > most.toNanos()) {
      slow.association().end(CloseReason.TIMEOUT, "no answer to the handshake");
    }
  }

  private void endDrained(long now) {
    List<Attempt> over;
    synchronized (this) {
      over = draining.stream().filter(each -> each.association().moments().isDrained(now)).toList();
    }
    over.forEach(each -> each.association().end(CloseReason.DRAINED, "replaced"));
  }

  /** A peer that answers nothing is tried anew; one that answers little, beside the old one. */
  private void watch(long now) {
    Attempt watched = current;
    if (watched == null) {
      return;
    }
    Moments moments = watched.association().moments();
    Duration age = HopLimits.USUAL.age();
    if (moments.waitingNanos(now) > transport.settings().silence().toNanos()) {
      if (moments.unanswered() >= transport.settings().unanswered()) {
        watched
            .association()
            .end(CloseReason.TIMEOUT, "no answer to " + moments.unanswered() + " messages");
      } else if (moments.doubt()) {
        renew();
      }
    } else if (moments.ageNanos(now) > age.toNanos()) {
      wantRenewal();
    }
  }

  private synchronized void wantRenewal() {
    renewing = true;
  }

  private void connectIfDue() {
    synchronized (this) {
      boolean wanted = current == null || renewing;
      if (closed || next != null || !wanted || !pauses.isOver()) {
        return;
      }
      renewing = false;
    }
    try {
      begin(Attempt.open(spec, inbound, channel, transport, new Outcome()));
    } catch (Attempt.FailedException e) {
      failed(e.getMessage());
    }
  }

  private void begin(Attempt attempt) {
    boolean late;
    synchronized (this) {
      late = closed;
      next = late ? null : attempt;
    }
    if (late) {
      attempt.close();
    } else {
      attempt.association().start();
    }
  }

  private synchronized void failed(String why) {
    counts.add(Count.HANDSHAKE_FAILED);
    pauses.longer();
    // That a channel is down is said once, by the channel.
    if (!why.equals(reason) && channel.health().usable()) {
      LOG.warn(
          "DTLS to {} is {}: {}",
          Places.end(spec.remote(), spec.port()),
          current == null ? "down" : "not renewed",
          why);
    }
    if (current == null) {
      down(why);
    } else {
      renewing = true;
    }
  }

  /** What becomes of an attempt. */
  private final class Outcome implements Association.Owner {
    @Override
    public void changed(Association association) {
      if (association.isUp()) {
        up(association);
      } else if (association.isOver()) {
        over(association);
      }
    }

    @Override
    public void message(Association association, Bytes message, Delivery delivery) {
      for (Attempt attempt : all()) {
        if (attempt.association() == association) {
          transport.deliver(inbound, message, attempt.path(), delivery, counts);
        }
      }
    }
  }

  private synchronized void up(Association association) {
    if (next == null || next.association() != association) {
      return;
    }
    if (current != null) {
      current.association().moments().drains(transport.settings().drain());
      draining.add(current);
    } else {
      LOG.info(
          "DTLS to {} is up, the peer is {}",
          Places.end(spec.remote(), spec.port()),
          association.peer().map(peer -> peer.peerId()).orElse("unknown"));
    }
    current = next;
    next = null;
    pauses.none();
    counts.add(Count.HANDSHAKE_COMPLETED);
    down("");
  }

  private void over(Association association) {
    for (Attempt attempt : all()) {
      if (attempt.association() == association) {
        transport.later(attempt::close); // closing ends the thread that may have come here
        left(attempt);
      }
    }
  }

  private synchronized void left(Attempt attempt) {
    draining.remove(attempt);
    String why = attempt.association().endReason();
    if (attempt == next) {
      next = null;
      if (!closed) {
        failed(why);
        giveUpTheSilent();
      }
    } else if (attempt == current) {
      current = null;
      down(why);
      if (!closed && channel.health().usable()) {
        LOG.warn("DTLS to {} is down: {}", Places.end(spec.remote(), spec.port()), why);
      }
      pauses.first();
    }
  }

  /** The one that was to be replaced because it was silent is worth nothing either. */
  private void giveUpTheSilent() {
    Attempt silent = current;
    if (silent != null && silent.association().moments().isDoubted()) {
      transport.later(
          () -> silent.association().end(CloseReason.TIMEOUT, "the peer has fallen silent"));
    }
  }

  @Override
  public boolean isUp() {
    Attempt used = current;
    return used != null && used.association().isUp();
  }

  @Override
  public boolean send(Bytes message) {
    Attempt used = current;
    if (used == null || !used.association().send(message)) {
      counts.add(Count.DROPPED);
      return false;
    }
    counts.add(Count.SENT);
    return true;
  }

  @Override
  public void renew() {
    synchronized (this) {
      renewing = true;
      pauses.none();
    }
    transport.later(this::connectIfDue);
  }

  @Override
  public synchronized Assurance assurance() {
    return current == null ? Assurance.NONE : current.association().assurance();
  }

  @Override
  public synchronized LinkStatus status() {
    Attempt shown = current != null ? current : next;
    LinkStatus.State state =
        isUp()
            ? LinkStatus.State.UP
            : next != null ? LinkStatus.State.HANDSHAKING : LinkStatus.State.DOWN;
    return new LinkStatus(
        id,
        transport.name(),
        spec.application(),
        true,
        shown == null ? "" : shown.local(),
        Places.end(spec.remote(), spec.port()),
        spec.channel(),
        state,
        isUp() ? "" : reason,
        current == null ? Optional.empty() : current.association().peer(),
        assurance(),
        since,
        counts.of(Count.SENT),
        counts.of(Count.RECEIVED),
        counts.of(Count.DROPPED));
  }

  /** Its id for commands. */
  String id() {
    return id;
  }

  @Override
  public void close() {
    List<Attempt> all;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      all = all();
    }
    transport.forget(this);
    transport.unsubscribe(changes);
    all.forEach(each -> each.association().end(CloseReason.DONE, "the link was closed"));
    all.forEach(each -> transport.later(each::close));
  }
}
