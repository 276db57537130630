// SPDX-License-Identifier: Apache-2.0
/** Hops over datagrams with a channel of their own. */
package io.leasehold.transport.dtls;
