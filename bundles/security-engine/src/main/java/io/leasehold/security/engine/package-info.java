// SPDX-License-Identifier: Apache-2.0
/** What TLS and DTLS have in common: suites, certificates, pre-shared keys, peers. */
package io.leasehold.security.engine;
