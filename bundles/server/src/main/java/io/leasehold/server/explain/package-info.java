// SPDX-License-Identifier: Apache-2.0
/**
 * Why a client gets what it gets. Whoever decides tells an {@link
 * io.leasehold.server.explain.Explanation} that comes with the message, and that listens only while
 * somebody wants to know.
 */
package io.leasehold.server.explain;
