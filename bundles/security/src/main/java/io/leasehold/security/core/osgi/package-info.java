// SPDX-License-Identifier: Apache-2.0
/** Components of the security core. */
package io.leasehold.security.core.osgi;
