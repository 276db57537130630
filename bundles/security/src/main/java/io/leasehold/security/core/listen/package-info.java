// SPDX-License-Identifier: Apache-2.0
/** Those who want to know what changes. */
package io.leasehold.security.core.listen;
