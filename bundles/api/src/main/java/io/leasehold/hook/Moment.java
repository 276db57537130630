// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

/** When an interceptor is called. */
public enum Moment {
  /** A client's message was decoded and is about to be processed. */
  RECEIVED,
  /** An address or prefix was chosen for a client; nothing has changed yet. */
  SELECTED,
  /** The leases of an answer have changed, and that is durable. */
  COMMITTED,
  /** The reply is complete and is about to be encoded; its leases have not changed yet. */
  SENDING
}
