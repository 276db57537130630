// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** To which classes a packet belongs, as far as that has been found out. For one thread. */
public interface Membership {
  /** In no class. */
  Membership NONE = number -> false;

  /** Whether the packet belongs to the class with a number of {@link ClassNames}. */
  boolean isMember(int classNumber);

  /** Takes note that an expression could not be evaluated for the packet. */
  default void failed() {}
}
