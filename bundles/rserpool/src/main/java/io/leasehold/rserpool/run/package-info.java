// SPDX-License-Identifier: Apache-2.0
/**
 * Runs a core: its thread, its connections on a {@link io.leasehold.hop.SessionTransport}, the
 * places where it listens, and commands of other threads.
 */
package io.leasehold.rserpool.run;
