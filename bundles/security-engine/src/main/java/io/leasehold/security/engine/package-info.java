// SPDX-License-Identifier: Apache-2.0
/**
 * What the providers of TLS and DTLS have in common: what is negotiated, how certificates and
 * pre-shared keys are judged, and what is said when a handshake fails. On the low-level interface
 * of BouncyCastle, whose types do not leave the providers.
 */
package io.leasehold.security.engine;
