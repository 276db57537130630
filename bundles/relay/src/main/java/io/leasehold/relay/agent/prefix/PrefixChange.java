// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

/**
 * A prefix has come, is another client's, has another lifetime, or has gone.
 *
 * @param delegation as it is now; as it was last if it has gone
 * @param gone whether nobody has it any more
 */
record PrefixChange(Delegation delegation, boolean gone) {}
