// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;

/**
 * What can be told of a message as soon as it has been read.
 *
 * @param type its type as people call it
 * @param transactionId its transaction, unsigned
 * @param identifiers by which its client may be known
 * @param relays addresses of the relay agents it came by, their own and those of their links
 * @param way how it came, for people
 */
public record MessageFacts(
    String type, long transactionId, List<Bytes> identifiers, List<Ipv6> relays, String way) {}
