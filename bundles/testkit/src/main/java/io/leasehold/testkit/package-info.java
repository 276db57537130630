// SPDX-License-Identifier: Apache-2.0

/** Simulated time, network, disk and clients for tests. */
package io.leasehold.testkit;
