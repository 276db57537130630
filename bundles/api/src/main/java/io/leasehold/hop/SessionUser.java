// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Who has sessions. Called on the threads of the transport, for one session by one at a time; must
 * not block and must not throw.
 */
@ConsumerType
public interface SessionUser {
  /**
   * Whether this address may connect; others are closed before anything of them is read.
   *
   * @param source an IPv4 address is IPv4-mapped
   */
  default boolean admits(Ipv6 source) {
    return true;
  }

  /**
   * Whether somebody is expected from this address in particular. Others that may connect are
   * strangers until it is known who they are: few of them are heard at a time.
   *
   * @param source one that is admitted
   */
  default boolean expects(Ipv6 source) {
    return false;
  }

  /** The peer is known, or has said something if nothing protects the session: messages pass. */
  void opened(HopSession session);

  /** A whole message. */
  void message(HopSession session, Bytes message);

  /**
   * What protects an outgoing session is made in another way now, and the session ends in time. The
   * user may connect anew before that.
   */
  default void outdated(HopSession session) {
    // It will be heard that it has ended.
  }

  /**
   * The session is over, whoever ended it. Heard once of each session that was opened, and of each
   * that was to connect.
   *
   * @param why for people
   */
  void ended(HopSession session, String why);
}
