// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;

/** A connection with another registrar. Of the thread of the registrar. */
final class Link {
  final long session;

  /** Whom it was opened to; null if the other end has opened it. */
  final Contact contact;

  /** Who is there; null while it is not open. */
  Caller caller;

  /** Which registrar is there; null until it has said so. */
  Peer peer;

  /** When it is over unless it has become useful: nobody said who he is, or another is used. */
  long endsAt = SessionEvents.NEVER;

  /** When it was opened, as a number that grows. */
  long order;

  Link(long session, Contact contact) {
    this.session = session;
    this.contact = contact;
  }

  boolean isOpen() {
    return caller != null;
  }

  boolean isOurs() {
    return contact != null;
  }

  /** {@code 2001:db8::2 (server-two)}, for people. */
  String who() {
    return caller == null
        ? contact.spec.remote().toString()
        : caller.remote() + caller.peer().map(each -> " (" + each.peerId() + ")").orElse("");
  }
}
