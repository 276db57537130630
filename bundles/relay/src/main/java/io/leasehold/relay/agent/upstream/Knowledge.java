// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import java.util.List;

/**
 * What is known of uplinks.
 *
 * @param uplinks all of them
 * @param health of each, in the same order
 * @param clients where clients are
 * @param servers where servers are, by their identifiers
 */
record Knowledge(
    List<Uplink> uplinks, List<UplinkHealth> health, Attachments clients, Attachments servers) {}
