// SPDX-License-Identifier: Apache-2.0
/**
 * Handshakes with other people's DTLS, over sockets of the loopback interface. Not part of the unit
 * tests: {@code ./dev lab tls} runs them inside a network namespace, with the peers installed.
 */
package io.leasehold.security.dtls.interop;
