// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Bytes;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes what a transport receives. Called on the transport's threads; must not block and must not
 * throw.
 */
@ProviderType
public interface Inbound {
  /**
   * A whole message.
   *
   * @param message its octets, which belong to the callee from now on
   * @param path where it came from, and the way to answer
   */
  void message(Bytes message, Path path);

  /**
   * A whole message that has waited, because for some time more has come than was taken. What can
   * be done later should not be done now: the sooner this returns, the fewer messages are lost. It
   * may be left until {@link #gathered} like others.
   */
  default void late(Bytes message, Path path) {
    gather(message, path);
  }

  /**
   * A whole message of several that came at once. The callee may leave it until {@link #gathered},
   * which the same thread calls soon, whatever happens in between.
   */
  default void gather(Bytes message, Path path) {
    message(message, path);
  }

  /** There is no more for the moment after calls of {@link #gather}. */
  default void gathered() {
    // Nothing was left.
  }
}
