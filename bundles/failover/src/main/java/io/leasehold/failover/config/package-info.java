// SPDX-License-Identifier: Apache-2.0
/** What operators write of a relationship. */
package io.leasehold.failover.config;
