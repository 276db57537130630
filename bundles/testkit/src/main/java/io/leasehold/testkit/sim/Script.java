// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

/**
 * How a simulated client behaves.
 *
 * @param addresses how many IA_NA it has
 * @param prefixes how many IA_PD it has
 * @param rapidCommit whether it asks for the two-message exchange
 * @param relayed whether a relay agent carries its messages
 * @param releasePercent how often it gives everything back in the course of a lease
 * @param declinePercent how often it finds a new address in use by somebody else
 * @param confirmPercent how often its link goes down and up in the course of a lease, after which
 *     it asks whether its addresses still fit
 * @param vanishPercent how often it is switched off without a word in the course of a lease
 * @param quietMillis after it gave back or was switched off it stays away for at least so long,
 *     longer than a packet may be on its way: a late copy of a Release must not find it bound again
 */
public record Script(
    int addresses,
    int prefixes,
    boolean rapidCommit,
    boolean relayed,
    int releasePercent,
    int declinePercent,
    int confirmPercent,
    int vanishPercent,
    long quietMillis) {}
