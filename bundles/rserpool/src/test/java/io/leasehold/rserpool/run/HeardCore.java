// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/** Writes down what it is told, and fails when a test wants it to. */
final class HeardCore implements SessionEvents {
  final List<String> heard = new ArrayList<>();
  final List<Caller> callers = new ArrayList<>();
  String failsWith = "";
  long deadline = NEVER;
  private final LongConsumer timer;

  HeardCore() {
    this(now -> {});
  }

  /**
   * Nothing was said to it.
   *
   * @param timer told when its time has come
   */
  HeardCore(LongConsumer timer) {
    this.timer = timer;
  }

  private void hear(String what, long now) {
    heard.add(what + " @" + now);
    if (!failsWith.isEmpty() && what.contains(failsWith)) {
      throw new IllegalStateException("broken");
    }
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    callers.add(caller);
    hear("opened " + session, now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    hear("message " + session + " " + message.toHex(), now);
  }

  @Override
  public void outdated(long session, long now) {
    hear("outdated " + session, now);
  }

  @Override
  public void ended(long session, String why, long now) {
    hear("ended " + session + " " + why, now);
  }

  @Override
  public void onTimer(long now) {
    hear("timer", now);
    deadline = NEVER;
    timer.accept(now);
  }

  @Override
  public long deadline() {
    return deadline;
  }
}
