// SPDX-License-Identifier: Apache-2.0

/** The whole server in a simulated world. */
package io.leasehold.server.sim;
