// SPDX-License-Identifier: Apache-2.0
/** The pool element in the framework: its file, its thread, what it asks of the server. */
package io.leasehold.pool.element.osgi;
