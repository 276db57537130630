// SPDX-License-Identifier: Apache-2.0
/** Components, thread and connections of failover. */
package io.leasehold.failover.osgi;
