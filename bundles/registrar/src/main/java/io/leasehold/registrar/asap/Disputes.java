// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Agenda;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Pool elements that are connected here when another registrar says that it is their home. Two that
 * say so of each other's at the same time both give one up, and only the pool element knows with
 * whom it is. Therefore it is told that its registration here is over (RFC 5352 section 3.2): one
 * that has gone elsewhere does not hear it; one that is here registers at once, and has to prove
 * again what a registration needs.
 *
 * <p>Each is told once in a time, so that a registrar that claims what it likes (RFC 5355 section
 * 2.17) makes nobody register more often than that; and operators hear of it. Remembered is who was
 * told within that time, which the budget of registrations bounds. Of the thread of the registrar.
 */
final class Disputes {
  private static final String ALARM = "disputed";

  private final Post post;
  private final Notebook notebook;
  private final long pause;
  private final Map<ElementKey, Dispute> disputes = new HashMap<>();
  private final Agenda<ElementKey> agenda = new Agenda<>();

  private static final class Dispute {
    Visitor visitor;

    /** Whether it is to be told once more. */
    boolean isOpen;

    boolean isRepeated;
  }

  /**
   * None yet.
   *
   * @param pause from when a pool element is told until it may be told again, in nanoseconds
   */
  Disputes(Post post, Notebook notebook, long pause) {
    this.post = post;
    this.notebook = notebook;
    this.pause = pause;
  }

  /** Another registrar owns what is reached by a visitor. */
  void begin(ElementKey key, Visitor visitor, long now) {
    Dispute dispute = disputes.get(key);
    if (dispute == null) {
      dispute = new Dispute();
      disputes.put(key, dispute);
      tell(key, visitor, now);
    } else {
      dispute.isOpen = true;
      dispute.isRepeated = true;
      notebook.alarm(
          ALARM,
          "another registrar says again and again that it owns what is connected here; dhcp:registrar-list"
              + " has its events: see whether that registrar is in good hands, or whether two servers"
              + " have the identifiers of one");
    }
    dispute.visitor = visitor;
  }

  private void tell(ElementKey key, Visitor visitor, long now) {
    notebook.count(AsapCount.DISPUTED);
    notebook.note(key + " is connected here, and another registrar owns it: it is told");
    post.send(
        visitor, new DeregistrationResponse(key.handle(), key.identifier(), Optional.empty()));
    agenda.set(key, now + pause);
  }

  /** Tells who could not be told before, unless it is here again. */
  void proceed(Roll roll, long now) {
    for (var due = agenda.take(now); due.isPresent(); due = agenda.take(now)) {
      ElementKey key = due.get();
      Dispute dispute = disputes.get(key);
      if (dispute.isOpen && roll.get(key) == null) {
        dispute.isOpen = false;
        tell(key, dispute.visitor, now);
      } else {
        end(key);
      }
    }
  }

  private void end(ElementKey key) {
    boolean wasRepeated = disputes.remove(key).isRepeated;
    if (wasRepeated && disputes.values().stream().noneMatch(each -> each.isRepeated)) {
      notebook.clear(ALARM);
    }
  }

  long deadline() {
    return agenda.earliest();
  }
}
