// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.HopSession;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears of sessions. */
final class RecordedUser implements SessionUser {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final List<HopSession> opened = new CopyOnWriteArrayList<>();
  final List<Bytes> messages = new CopyOnWriteArrayList<>();
  final List<HopSession> outdated = new CopyOnWriteArrayList<>();
  final List<String> ended = new CopyOnWriteArrayList<>();
  volatile Ipv6 only;
  volatile boolean pausing;

  @Override
  public boolean admits(Ipv6 source) {
    return only == null || only.equals(source);
  }

  @Override
  public void opened(HopSession session) {
    opened.add(session);
  }

  @Override
  public void message(HopSession session, Bytes message) {
    if (pausing) {
      session.read(false);
    }
    messages.add(message);
  }

  @Override
  public void outdated(HopSession session) {
    outdated.add(session);
  }

  @Override
  public void ended(HopSession session, String why) {
    ended.add(why);
  }

  HopSession awaitOpened(int number) {
    Await.until(PATIENCE, () -> opened.size() >= number);
    return opened.get(number - 1);
  }

  void awaitMessages(int count) {
    Await.until(PATIENCE, () -> messages.size() >= count);
  }

  String awaitEnded(int number) {
    Await.until(PATIENCE, () -> ended.size() >= number);
    return ended.get(number - 1);
  }
}
