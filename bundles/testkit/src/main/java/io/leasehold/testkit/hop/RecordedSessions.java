// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import io.leasehold.hop.HopSession;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what it hears of sessions. */
public final class RecordedSessions implements SessionUser {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<HopSession> opened = new CopyOnWriteArrayList<>();
  private final List<Bytes> messages = new CopyOnWriteArrayList<>();
  private final List<HopSession> outdated = new CopyOnWriteArrayList<>();
  private final List<String> ended = new CopyOnWriteArrayList<>();
  private volatile Ipv6 only;
  private volatile boolean pausing;
  private volatile boolean expecting;

  /** Sessions in the order in which they were opened. */
  public List<HopSession> opened() {
    return opened;
  }

  /** Messages of all sessions. */
  public List<Bytes> messages() {
    return messages;
  }

  /** Sessions whose protection has changed. */
  public List<HopSession> outdated() {
    return outdated;
  }

  /** Why sessions ended. */
  public List<String> ended() {
    return ended;
  }

  /** Admits this address only; null for all. */
  public void admitOnly(Ipv6 source) {
    only = source;
  }

  /** Whether addresses that are admitted are expected. */
  public void expecting(boolean value) {
    expecting = value;
  }

  /** Whether to read no more after each message. */
  public void pausing(boolean value) {
    pausing = value;
  }

  @Override
  public boolean admits(Ipv6 source) {
    return only == null || only.equals(source);
  }

  @Override
  public boolean expects(Ipv6 source) {
    return expecting;
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

  /** Waits for a session. */
  public HopSession awaitOpened(int number) {
    try {
      Await.until(PATIENCE, () -> opened.size() >= number);
    } catch (AssertionError e) {
      throw new AssertionError(opened.size() + " were opened, and ended are " + ended, e);
    }
    return opened.get(number - 1);
  }

  /** Waits until so many messages are there. */
  public void awaitMessages(int count) {
    Await.until(PATIENCE, () -> messages.size() >= count);
  }

  /** Waits for the end of a session, and says why it ended. */
  public String awaitEnded(int number) {
    Await.until(PATIENCE, () -> ended.size() >= number);
    return ended.get(number - 1);
  }
}
