// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

/** Numbers with their nouns. */
final class Words {
  private Words() {}

  static String leases(long count) {
    return count == 1 ? "1 lease" : count + " leases";
  }
}
