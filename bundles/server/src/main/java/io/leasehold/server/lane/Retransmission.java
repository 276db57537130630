// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.lease.Hashing;
import io.leasehold.server.protocol.Glance;
import io.leasehold.transport.Path;

/**
 * A request as far as one that is sent again is the same: every octet but those that say for how
 * long the client has been trying (elapsed time of RFC 9915 section 21.9, secs of RFC 2131 section
 * 2), and the whole way that it came. Hashes only find it quickly: nobody can pass for another by a
 * hash that is equal.
 *
 * <p>The same message by way of another relay agent is another one and gets an answer of its own.
 * RFC 2131 section 4.1 and RFC 9915 section 19 know an answer only by the way of its question, and
 * the server cannot know which of the two ways reaches the client.
 */
final class Retransmission {
  private static final int ELAPSED_OCTETS = 2;

  private final Bytes datagram;
  private final int elapsedAt;
  private final Path path;
  private final int hash;

  private Retransmission(Bytes datagram, int elapsedAt, Path path, long seed) {
    this.datagram = datagram;
    this.elapsedAt = elapsedAt;
    this.path = path;
    this.hash =
        31 * (31 * Hashing.of(before(), seed) + Hashing.of(after(), seed))
            + path.remote().hashCode();
  }

  static Retransmission of(Job<?> job, long seed) {
    Family family = job.request().family();
    int elapsedAt = Glance.at(family).elapsedAt(job.datagram());
    return new Retransmission(job.datagram(), elapsedAt, job.path(), seed);
  }

  private Bytes before() {
    return elapsedAt < 0 ? datagram : datagram.slice(0, elapsedAt);
  }

  private Bytes after() {
    return elapsedAt < 0
        ? Bytes.EMPTY
        : datagram.slice(elapsedAt + ELAPSED_OCTETS, datagram.length());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Retransmission that
        && hash == that.hash
        && elapsedAt == that.elapsedAt
        && before().equals(that.before())
        && after().equals(that.after())
        && path.remote().equals(that.path.remote())
        && path.remotePort() == that.path.remotePort()
        && path.local().equals(that.path.local())
        && path.interfaceName().equals(that.path.interfaceName());
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
