// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

/** Who sends a message, and whom it is for. */
record Ends(long sender, long receiver) {}
