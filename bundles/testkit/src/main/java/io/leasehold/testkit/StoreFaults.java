// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

/** What a contract test can make go wrong under a store. Safe for several threads. */
public interface StoreFaults {
  /** Lets no sync of the medium come to an end, until told otherwise. */
  void withholdSyncs(boolean on);

  /** How many syncs are withheld now. */
  int withheldSyncs();

  /** Lets every sync fail, and the system forget what it was to write. */
  void failSyncs(boolean on);

  /** Lets nothing grow on the medium. */
  void full(boolean on);

  /** Lets nothing be written to the medium. */
  void readOnly(boolean on);

  /** How many syncs have been asked for. */
  long syncs();
}
