// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

/**
 * One difference between two plans.
 *
 * @param kind what happened to it
 * @param what it is, from outside in: {@code DHCPv6 subnet 2001:db8::/64 pool 2001:db8::/120}
 * @param before what the first plan says, as JSON on one line; empty if it is added
 * @param after what the second plan says; empty if it is removed
 * @param place {@code file:line:column} in the second plan, or in the first if it is removed
 */
public record PlanChange(Kind kind, String what, String before, String after, String place) {
  /** What happened. */
  public enum Kind {
    /** Only the second plan has it. */
    ADDED,
    /** Only the first plan has it. */
    REMOVED,
    /** Both have it, and differ. */
    CHANGED
  }
}
