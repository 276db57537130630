// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptions;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Connections of primaries that have not said CONNECT yet. There are few of them and not for long
 * (RFC 8156 section 10): when there are too many the oldest goes, and none that is set up. With
 * CONNECT a connection leaves. For one thread, that of the {@link RelationshipDirectory}.
 *
 * @param <E> what stands for a relationship
 */
public final class Newcomers<E> {
  /** Beside one for each relationship. */
  private static final int MOST = 10;

  private static final int MOST_OF_AN_ADDRESS = 2;
  private static final long SECONDS = 30;

  private final RelationshipDirectory<E> directory;
  private final RandomGenerator ids;
  private final Outbox outbox;
  private final Troubles troubles;
  private final Map<Long, Newcomer> waiting = new LinkedHashMap<>();

  private record Newcomer(Line line, Caller caller, long deadline) {}

  /**
   * A connection that has said CONNECT, and whose it is: {@link ConnectionSlot#onConnect} is next.
   *
   * @param endpoint the relationship
   * @param isSecure whether the connection is protected
   * @param connect what it said
   */
  public record Announced<E>(E endpoint, boolean isSecure, FailoverMessage connect) {}

  /**
   * Without a connection.
   *
   * @param directory whom they may concern
   * @param outbox where answers and ends of connections go
   */
  public Newcomers(RelationshipDirectory<E> directory, RandomGenerator ids, Outbox outbox) {
    this.directory = directory;
    this.ids = ids;
    this.outbox = outbox;
    this.troubles = new Troubles(outbox);
  }

  /** A connection was accepted. It ends at once if nobody is expected from there. */
  public void onOpened(long connection, Caller caller, Moment now) {
    Line line = new Line(connection, caller.isSecure(), ids, outbox);
    if (!directory.isExpected(caller.address())) {
      close(new Newcomer(line, caller, Moment.NEVER), "no relationship has its primary there");
      return;
    }
    waiting.put(connection, new Newcomer(line, caller, now.deadline(SECONDS)));
    closeOldest(each -> each.caller().address().equals(caller.address()), MOST_OF_AN_ADDRESS);
    closeOldest(each -> true, MOST + directory.size());
  }

  private void closeOldest(Predicate<Newcomer> of, int most) {
    long tooMany = waiting.values().stream().filter(of).count() - most;
    Iterator<Newcomer> oldestFirst = waiting.values().iterator();
    while (tooMany > 0 && oldestFirst.hasNext()) {
      Newcomer next = oldestFirst.next();
      if (of.test(next)) {
        oldestFirst.remove();
        close(next, "too many have not said CONNECT");
        tooMany--;
      }
    }
  }

  private void close(Newcomer newcomer, String why) {
    troubles.refused("a connection from " + newcomer.caller() + " is closed: " + why);
    newcomer.line().close(why);
  }

  /**
   * A message came. If it is a CONNECT for a relationship, the connection is that relationship's;
   * anything else ends it.
   */
  public Optional<Announced<E>> onFrame(long connection, FailoverFrame frame, Moment arrived) {
    Newcomer newcomer = waiting.remove(connection);
    if (newcomer == null) {
      return Optional.empty();
    }
    if (frame instanceof FailoverMessage message && frame.type() == Dhcp6MessageType.CONNECT) {
      return announce(newcomer, message, arrived);
    }
    close(newcomer, Dhcp6MessageType.name(frame.type()) + " came before CONNECT");
    return Optional.empty();
  }

  private Optional<Announced<E>> announce(Newcomer from, FailoverMessage connect, Moment arrived) {
    Optional<String> name = connect.options().first(FailoverOptions.RELATIONSHIP_NAME);
    Optional<E> endpoint = directory.find(from.caller(), name);
    if (endpoint.isEmpty()) {
      // Clocks, what is missing and versions come before names, whoever it is for.
      StatusCode why =
          Judgement.form(connect, arrived).orElseGet(() -> SecondarySetup.unknown(name));
      troubles.refused(
          "a CONNECT from " + from.caller() + " is refused" + Line.says(Optional.of(why)));
      SecondarySetup.refuse(from.line(), connect.transactionId(), why, arrived);
    }
    return endpoint.map(each -> new Announced<>(each, from.line().isSecure(), connect));
  }

  /** What came is no message. */
  public void onMalformed(long connection, String why) {
    Newcomer newcomer = waiting.remove(connection);
    if (newcomer != null) {
      close(newcomer, "malformed: " + why);
    }
  }

  /** A connection has ended. */
  public void onEnded(long connection) {
    waiting.remove(connection);
  }

  /** Whether a connection is here. */
  public boolean has(long connection) {
    return waiting.containsKey(connection);
  }

  /** Time has passed. */
  public void onTimer(Moment now) {
    Iterator<Newcomer> oldestFirst = waiting.values().iterator();
    while (oldestFirst.hasNext()) {
      Newcomer next = oldestFirst.next();
      if (!now.isAt(next.deadline())) {
        return;
      }
      oldestFirst.remove();
      close(next, "no CONNECT in " + SECONDS + " s");
    }
  }

  /** The earliest time at which {@link #onTimer} has something to do. */
  public long deadline() {
    return waiting.isEmpty() ? Moment.NEVER : waiting.values().iterator().next().deadline();
  }
}
