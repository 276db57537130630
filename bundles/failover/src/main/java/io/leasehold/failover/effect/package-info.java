// SPDX-License-Identifier: Apache-2.0
/** What a relationship wants done, and how it hears that it was done. */
package io.leasehold.failover.effect;
