// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/** What a message to be written says. One object is used for all of them. */
final class Order {
  Protocol.Purpose purpose;
  int xid;
  int client;

  /** Since the client has begun. */
  long elapsedMillis;

  long addressHigh;
  long addressLow;
}
