// SPDX-License-Identifier: Apache-2.0
/** The directory of peers, and what they may do. */
package io.leasehold.security.core.peer;
