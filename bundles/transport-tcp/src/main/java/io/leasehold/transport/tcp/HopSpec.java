// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.security.HandshakeRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.connection.Protection;

/**
 * What connections of a listener or a link have in common.
 *
 * @param application what is spoken
 * @param role which side we are
 * @param startTls whether TLS has to be asked for: we do, or take no TLS without it
 * @param sessions whether our user tells connections apart, has the keepalive, and replaces them
 * @param expected who may be at the other end
 * @param limits of connections
 * @param protection of all of them
 * @param counters of all of them
 * @param settings of the transport
 */
record HopSpec(
    Application application,
    HandshakeRole role,
    boolean startTls,
    boolean sessions,
    PeerSelector expected,
    HopLimits limits,
    Protection protection,
    HopCounters counters,
    TcpSettings settings) {}
