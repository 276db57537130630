// SPDX-License-Identifier: Apache-2.0
/** Channels over datagrams: DTLS. */
package io.leasehold.security.dtls;
