// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hook;

/** When an interceptor is called. */
public enum Moment {
  /** A client's message was decoded and is about to be processed. */
  RECEIVED,
  /** The reply is complete and is about to be encoded. */
  SENDING
}
