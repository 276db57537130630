// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

/** A counter of something else than packets. */
public enum ServerCounter {
  /** Changes of leases that became durable. */
  LEASES_COMMITTED("leases-committed"),
  /** Leases that ended because their time was over. */
  RECLAIMED_LEASES("reclaimed-leases"),
  /** Plans that were read and not used. */
  PLAN_REFUSED("plan-refused"),
  /** Times that the server could not be brought in order, for an error in this program. */
  CONTROL_INTERNAL_ERROR("control-internal-error"),
  /** Bundles that could not say which options they define. */
  OPTION_DEFINITIONS_FAILED("option-definitions-failed"),
  /** Calls of an interceptor that threw or answered nothing. */
  INTERCEPTOR_FAILED("interceptor-failed"),
  /** Calls of an interceptor that took longer than they may. */
  INTERCEPTOR_OVER_BUDGET("interceptor-over-budget"),
  /** Times that an interceptor was disabled for its failures. */
  INTERCEPTOR_DISABLED("interceptor-disabled"),
  /** Calls of a lease listener that threw. */
  LEASE_LISTENER_FAILED("lease-listener-failed"),
  /** Batches of lease changes that listeners were too slow for. */
  LEASE_EVENTS_DROPPED("lease-events-dropped");

  private final String word;

  ServerCounter(String word) {
    this.word = word;
  }

  /** Its name. */
  public String word() {
    return word;
  }
}
