// SPDX-License-Identifier: Apache-2.0

/** Finds out by ICMP echo requests whether a host uses an address. */
package io.leasehold.probe.icmp;
