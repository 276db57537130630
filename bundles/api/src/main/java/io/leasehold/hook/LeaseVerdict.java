// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

/** What an interceptor says of a lease that a client is about to get. */
public enum LeaseVerdict {
  /** The client may have it, unless another interceptor refuses. */
  GRANT,
  /** The client does not get it, and nothing else in its place. */
  REFUSE
}
