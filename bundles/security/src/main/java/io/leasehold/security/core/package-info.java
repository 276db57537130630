// SPDX-License-Identifier: Apache-2.0
/** Credentials, peers and channels as configured, without OSGi. */
package io.leasehold.security.core;
