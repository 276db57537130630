// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.rserpool.session.Caller;

/** Hears which registrar is home, from within calls of the {@link RegistrarHunt}. */
public interface HomeListener {
  /**
   * Everything is asked of this registrar from now on; it replaces the one before. It may be the
   * same registrar by another connection.
   */
  void found(long session, Caller caller, long now);

  /**
   * There is no home any more, and none to take its place yet.
   *
   * @param why for people
   */
  void lost(String why, long now);
}
