// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Budget;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.security.AuthenticatedPeer;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** Who is connected. Of the thread of the registrar. */
final class Visitor {
  private final long session;
  private final Caller caller;
  private final Budget resolutions;
  private final Budget reports;
  private final Budget errors;

  /** Pools of which changes are told. */
  final Set<PoolHandle> watched = new HashSet<>();

  /** Pool elements that are reached by it. */
  final Set<OwnElement> elements = new LinkedHashSet<>();

  /** How often it wanted what it must not. */
  int refusals;

  Visitor(long session, Caller caller, AsapRates rates) {
    this.session = session;
    this.caller = caller;
    resolutions = new Budget(rates.resolutions(), rates.resolutionsAtOnce());
    reports = new Budget(rates.reports(), rates.reports());
    errors = new Budget(rates.reports(), rates.reports());
  }

  long session() {
    return session;
  }

  Caller caller() {
    return caller;
  }

  /** What is for resolutions. */
  Budget resolutions() {
    return resolutions;
  }

  /** What is for reports of unreachable pool elements. */
  Budget reports() {
    return reports;
  }

  /** What is for telling it of its errors. */
  Budget errors() {
    return errors;
  }

  /** The peer, or its address if none is known; addresses have colons or dots, peers neither. */
  String name() {
    return caller.peer().map(AuthenticatedPeer::peerId).orElse(caller.remote().toString());
  }
}
