// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Agenda;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.security.AuthenticatedPeer;
import java.time.Duration;

/** Notes who wants what it must not. Of the thread of the registrar. */
final class Refusals {
  private static final String UNKNOWN = "refused to unknown peers";

  /** For so long it wants attention that somebody was refused. */
  private static final long ALARM = Duration.ofMinutes(10).toNanos();

  private final Notebook notebook;
  private final Agenda<String> alarms = new Agenda<>();

  Refusals(Notebook notebook) {
    this.notebook = notebook;
  }

  /** Somebody wanted what it must not. */
  ErrorCause refuse(Visitor visitor, AsapCount why, long now) {
    notebook.count(why);
    visitor.refusals++;
    String who = visitor.caller().peer().map(peer -> "peer " + peer.peerId()).orElse("somebody");
    String subject = subject(visitor);
    if (notebook.alarm(subject, who + " is refused: " + sentence(why))) {
      alarms.set(subject, now + ALARM);
    }
    return ErrorCause.of(ErrorCause.SECURITY_CONSIDERATIONS);
  }

  /** Somebody may do what it wanted. */
  void permit(Visitor visitor) {
    if (alarms.size() > 0 && visitor.caller().peer().isPresent()) {
      clear(subject(visitor));
    }
  }

  private void clear(String subject) {
    alarms.remove(subject);
    notebook.clear(subject);
  }

  /** Forgets what was long ago. */
  void forget(long now) {
    for (var past = alarms.take(now); past.isPresent(); past = alarms.take(now)) {
      clear(past.get());
    }
  }

  long deadline() {
    return alarms.earliest();
  }

  private static String subject(Visitor visitor) {
    return visitor
        .caller()
        .peer()
        .map(AuthenticatedPeer::peerId)
        .map(peer -> "refused to " + peer)
        .orElse(UNKNOWN);
  }

  private static String sentence(AsapCount why) {
    return switch (why) {
      case REFUSED_NOT_SECURE ->
          "its connection is not protected, and this registrar is secure; let it connect to the"
              + " port of TLS";
      case REFUSED_ROLE ->
          "its role does not permit that; add pool-element or pool-user to roles of its peer file";
      case REFUSED_POOL ->
          "it may not be in that pool; add the pool to pools of its peer file if it may";
      case REFUSED_ADDRESS ->
          "it offers an address that is not its own; add the address to addresses of its peer file"
              + " if it is";
      default -> "it speaks for a pool element of another peer";
    };
  }
}
