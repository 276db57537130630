// SPDX-License-Identifier: Apache-2.0
/** Converts configurations of other servers into plan documents. Pure; files come from callers. */
package io.leasehold.server.importing;
