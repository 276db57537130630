// SPDX-License-Identifier: Apache-2.0
/**
 * Kea's language of client classes: expressions over one packet, read once when a plan is compiled
 * and then evaluated for packets. Knows neither the plan nor the messages of a family; what an
 * expression may ask of a packet is {@link io.leasehold.server.expression.PacketFacts}.
 */
package io.leasehold.server.expression;
