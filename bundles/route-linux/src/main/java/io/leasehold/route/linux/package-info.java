// SPDX-License-Identifier: Apache-2.0
/** Routes of Linux. */
package io.leasehold.route.linux;
