// SPDX-License-Identifier: Apache-2.0

/** The console's UNIX socket, for scripts on this machine. */
package io.leasehold.shell.osgi;
