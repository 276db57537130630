// SPDX-License-Identifier: Apache-2.0

/** Console commands of scope dhcp. */
package io.leasehold.shell;
