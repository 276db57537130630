// SPDX-License-Identifier: Apache-2.0
/**
 * Credentials: read from files, the environment or sealed configuration values, checked, watched,
 * and found by name or identity.
 */
package io.leasehold.security.core.credential;
