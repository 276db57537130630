// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** What {@link Transport#bind} opened. */
@ConsumerType
public interface Binding extends AutoCloseable {
  /** Every endpoint that was asked for and how it is. Tells the truth of this moment. */
  List<EndpointStatus> endpoints();

  /**
   * Counters by name in kebab case, for example {@code received}, {@code sent}, {@code
   * send-failed}.
   */
  Map<String, Long> counters();

  /**
   * Sends a message that answers none, from the port of the binding. Does not block.
   *
   * @param interfaceName out of which it goes; empty: the one that the system would choose. Needed
   *     for multicast and broadcast
   * @return false if it could not be sent, which is counted; transports with connections never can
   */
  default boolean send(Bytes message, Destination to, String interfaceName) {
    return false;
  }

  /**
   * Has most of the messages of some kinds dropped where that costs least and they take no room of
   * others: before they are received. Which of them pass is left to chance. Holds for endpoints
   * that open later, too. A transport that cannot do this ignores it; what is dropped may be
   * counted among what the kernel has lost.
   *
   * @param sieve the kinds
   * @param perMille how many of a thousand pass; 1000 ends it
   */
  default void thin(Sieve sieve, int perMille) {
    // All pass.
  }

  /**
   * Closes every socket and ends every thread before it returns. Messages not yet handed over are
   * lost.
   */
  @Override
  void close();
}
