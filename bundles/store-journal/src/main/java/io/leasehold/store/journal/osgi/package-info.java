// SPDX-License-Identifier: Apache-2.0
/** The component of the journal store: its configuration, files and threads. */
package io.leasehold.store.journal.osgi;
