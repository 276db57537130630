// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

/**
 * What the server keeps of one kind of fact about clients, by the configuration in force.
 *
 * @param privacyClass {@code P1} (place and access), {@code P2} (what relay agents say), {@code P3}
 *     (who the client is) or {@code P4} (the binding)
 * @param what the facts
 * @param memory how long they are kept in memory
 * @param store how long they are kept in the lease store
 * @param logs how they are logged
 * @param reason what makes it so, by key of the configuration
 */
public record RetentionRule(
    String privacyClass, String what, String memory, String store, String logs, String reason) {}
