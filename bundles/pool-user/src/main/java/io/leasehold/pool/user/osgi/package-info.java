// SPDX-License-Identifier: Apache-2.0
/** The pool user in the framework: its configuration, its thread, its file. */
package io.leasehold.pool.user.osgi;
