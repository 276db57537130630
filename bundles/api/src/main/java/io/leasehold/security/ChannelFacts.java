// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.time.Instant;

/**
 * What was negotiated, for people. Nothing here is secret.
 *
 * @param protocol for example {@code TLSv1.3}
 * @param cipherSuite its registered name, for example {@code TLS_AES_256_GCM_SHA384}
 * @param group of the key exchange, for example {@code X25519MLKEM768}; empty if none
 * @param credential name of our credential that was used
 * @param peerFingerprint SHA-256 of the peer's certificate in hex, or name of the pre-shared key
 * @param since when the handshake ended
 */
public record ChannelFacts(
    String protocol,
    String cipherSuite,
    String group,
    String credential,
    String peerFingerprint,
    Instant since) {}
