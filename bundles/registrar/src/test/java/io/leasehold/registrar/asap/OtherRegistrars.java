// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.net.Bytes;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.ArrayList;
import java.util.List;

/** Hears what other registrars are told. */
final class OtherRegistrars implements Federation, Federation.Factory {
  static final long ID = 0x11111111L;

  final List<String> told = new ArrayList<>();
  PoolElement added;
  PoolChanges changes;
  boolean isReady = true;

  @Override
  public Federation join(Sessions sessions, PoolChanges all) {
    changes = all;
    return this;
  }

  @Override
  public long serverId() {
    return ID;
  }

  @Override
  public boolean isReady() {
    return isReady;
  }

  @Override
  public String condition() {
    return "for a test";
  }

  @Override
  public void added(PoolHandle handle, PoolElement element, long now) {
    added = element;
    told.add("add " + handle + "/" + Unsigned.hex(element.identifier()));
  }

  @Override
  public void removed(PoolHandle handle, PoolElement element, long now) {
    told.add("del " + handle + "/" + Unsigned.hex(element.identifier()));
  }

  @Override
  public List<RegistrarControl.Peer> peers(long now) {
    return List.of();
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    told.add("opened " + session);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    told.add("message " + session);
  }

  @Override
  public void ended(long session, String why, long now) {
    told.add("ended " + session);
  }

  @Override
  public void onTimer(long now) {
    // It has nothing to do.
  }

  @Override
  public long deadline() {
    return NEVER;
  }
}
