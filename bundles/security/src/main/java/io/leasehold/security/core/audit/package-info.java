// SPDX-License-Identifier: Apache-2.0
/** The audit trail: chained lines of a bounded file. */
package io.leasehold.security.core.audit;
