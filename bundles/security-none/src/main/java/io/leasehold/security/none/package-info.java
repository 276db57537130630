// SPDX-License-Identifier: Apache-2.0
/** Channels without protection. */
package io.leasehold.security.none;
