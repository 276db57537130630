// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/** Why a channel is ended by this side. */
public enum CloseReason {
  /** No longer needed. */
  DONE,
  /** Another takes its place. */
  DRAINED,
  /** The peer says nothing or too little. */
  TIMEOUT,
  /** The peer sends what it should not. */
  VIOLATION,
  /** The peer or its credential was removed. */
  REVOKED
}
