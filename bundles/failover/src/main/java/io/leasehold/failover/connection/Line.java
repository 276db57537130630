// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What can be sent on one connection, until it is closed. */
public final class Line {
  private final long connection;
  private final boolean secure;
  private final TransactionIds ids;
  private final Outbox outbox;
  private boolean open = true;

  /**
   * One that is open.
   *
   * @param connection its id
   * @param isSecure whether it is protected
   * @param ids where the first transaction id is from
   */
  public Line(long connection, boolean isSecure, RandomGenerator ids, Outbox outbox) {
    this.connection = connection;
    this.secure = isSecure;
    this.ids = new TransactionIds(ids);
    this.outbox = outbox;
  }

  long connection() {
    return connection;
  }

  boolean isSecure() {
    return secure;
  }

  boolean isOpen() {
    return open;
  }

  /** Sends with an id of its own. */
  int send(int type, Options options, Moment now) {
    int id = ids.next(type);
    answer(type, id, options, now);
    return id;
  }

  /** Sends with the id of what is answered. */
  void answer(int type, int id, Options options, Moment now) {
    if (open) {
      AbsoluteTime sent = AbsoluteTime.ofUnixSeconds(now.wallSeconds());
      outbox.send(connection, new FailoverMessage(type, id, sent, options));
    }
  }

  void settled(int id) {
    ids.settled(id);
  }

  /** DISCONNECT and the end (RFC 8156 section 5.3.10). */
  void disconnect(StatusCode status, Moment now) {
    send(Dhcp6MessageType.DISCONNECT, status(status), now);
    close(status.text());
  }

  /** A status for people, after a sentence; it may have come without. */
  static String says(Optional<StatusCode> status) {
    return status
        .map(each -> ": " + each + (each.text().isEmpty() ? "" : ", " + each.text()))
        .orElse("");
  }

  /** The option of a status. */
  static Options status(StatusCode status) {
    return Options.builder().add(Dhcp6Options.STATUS_CODE, status).build();
  }

  /** The end. */
  void close(String why) {
    if (open) {
      open = false;
      outbox.close(connection, why);
    }
  }

  /** It has ended by itself. */
  void ended() {
    open = false;
  }
}
