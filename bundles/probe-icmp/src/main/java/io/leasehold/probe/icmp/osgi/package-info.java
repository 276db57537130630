// SPDX-License-Identifier: Apache-2.0

/** Publishes the ICMP probe as a service. */
package io.leasehold.probe.icmp.osgi;
