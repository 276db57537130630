// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

/**
 * What happens to a message of a relay agent that is farther from the server and has the relay
 * agent's option already.
 */
enum PresentPolicy {
  /** It is left as it is (RFC 3046 section 2.1.1). */
  FORWARD,
  /** Our sub-options follow those that are there; answers go down without ours. */
  APPEND,
  /** Our option takes its place; answers go down without any. */
  REPLACE,
  /** The option is removed. */
  DISCARD,
  /** The message is dropped. */
  DROP
}
