// SPDX-License-Identifier: Apache-2.0
/** Counters of the server. */
package io.leasehold.server.metric;
