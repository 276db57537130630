// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Family;

/**
 * One endpoint of a binding.
 *
 * @param family of the messages it is for
 * @param interfaceName the interface
 * @param address local unicast address or multicast group, as text
 * @param port local port
 * @param state how it is
 * @param reason why it does not listen; if it does, what it does less well than it should, or empty
 */
public record EndpointStatus(
    Family family, String interfaceName, String address, int port, State state, String reason) {
  /** How an endpoint is. */
  public enum State {
    /** Messages to it are received. */
    LISTENING,
    /** It could not be opened and is tried again. */
    RETRYING,
    /** Its interface or address is not there now; it is opened when it comes. */
    ABSENT
  }
}
