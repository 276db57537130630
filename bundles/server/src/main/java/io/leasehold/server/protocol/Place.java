// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.server.plan.Link;
import io.leasehold.server.plan.Subnet;

/**
 * Where a client is.
 *
 * @param link its link
 * @param subnet the subnet of the link that the packet pointed at; its options serve a client that
 *     gets no lease
 */
public record Place(Link link, Subnet subnet) {}
