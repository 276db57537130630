// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.net.Bytes;

/**
 * An option that the plan has for a client.
 *
 * @param space {@code dhcp6}, or {@code vendor-N} for an option inside option 17 of enterprise N
 * @param code its code
 * @param value its value, sub-options of an encapsulated space included
 * @param alwaysSend sent whether the client asks for it or not
 * @param neverSend not sent, and hides the same option of the levels around
 */
public record PlanOption(
    OptionSpace space, int code, Bytes value, boolean alwaysSend, boolean neverSend) {}
