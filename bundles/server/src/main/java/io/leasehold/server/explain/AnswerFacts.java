// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.option.RequestedCodes;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;

/**
 * What is said to a client.
 *
 * @param what type and destination, for people
 * @param why what it waits for, for people; empty for nothing
 * @param drafted the options that the server made
 * @param sent the options that interceptors made of them
 * @param leftOut codes of options that had no room
 * @param datagram the whole of it
 * @param terms how options of the family come into an answer
 */
public record AnswerFacts(
    String what,
    String why,
    Options drafted,
    Options sent,
    List<Integer> leftOut,
    Bytes datagram,
    Terms terms) {

  /**
   * How options come into an answer.
   *
   * @param requested what the client asks for
   * @param isOurs whether the protocol, not the plan, decides about an option
   * @param ofVendor the options of a vendor that are in the answer, by the enterprise's number
   */
  public record Terms(
      RequestedCodes requested, IntPredicate isOurs, LongFunction<Options> ofVendor) {}
}
