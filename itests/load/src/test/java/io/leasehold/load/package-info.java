// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the load generator: its messages against the codec of the server, and itself against its
 * echo.
 */
package io.leasehold.load;
