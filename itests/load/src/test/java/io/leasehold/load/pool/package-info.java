// SPDX-License-Identifier: Apache-2.0
/** Tests of the crowd, against a registrar that keeps little. */
package io.leasehold.load.pool;
