// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.net.Bytes;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A pool that is followed. May be used from any thread; nothing blocks. */
@ProviderType
public interface PoolSubscription extends AutoCloseable {
  /** The pool. */
  PoolHandle handle();

  /** What is known of it now. */
  PoolView view();

  /**
   * The members in the order in which they are to be tried for a client. Those of one {@link
   * PoolMember#group} stand together: the group that has the client's leases first, its member of
   * the highest rank first in it. Other groups follow in the order in which the client would move
   * to them. For policies without groups the order is the policy's (RFC 5356), and may be another
   * one with each call.
   *
   * @param client octets that are the same in every message of a client (RFC 3074 section 4)
   * @return the members that may serve the client, as a rule all of the view; empty if it has none
   */
  List<PoolMember> candidates(Bytes client);

  /**
   * The caller has used a member and had no answer. Reported to a registrar (RFC 5352 section 3.5),
   * though not more often than once in 10 seconds for a member; the caller need not count.
   */
  void unreachable(PoolMember member);

  /** The pool is followed no more, and its listener hears nothing any more. */
  @Override
  void close();
}
