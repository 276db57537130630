// SPDX-License-Identifier: Apache-2.0
/**
 * The server's shell: Declarative Services components, threads, timers and files around cores that
 * have none of them.
 */
package io.leasehold.server.osgi;
