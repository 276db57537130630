// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.metric;

import io.leasehold.net.Family;

/** A counter of packets that both protocols have, each under its own name. */
public enum PacketCounter {
  /** Datagrams that came in. */
  RECEIVED("received"),
  /** Datagrams that were not answered, for whatever reason. */
  RECEIVE_DROP("receive-drop"),
  /** Datagrams that are no messages. */
  PARSE_FAILED("parse-failed"),
  /** Answers that were sent. */
  SENT("sent"),
  /** Answers that the transport could not send. */
  SEND_FAILED("send-failed"),
  /** Requests that found the queue of their lane full. */
  QUEUE_FULL("queue-full"),
  /** Datagrams that would have begun conversations while a lane had too much to do. */
  OVERLOAD("drop-overload"),
  /** Requests that began a conversation and waited for longer than their clients do. */
  STALE("drop-stale"),
  /** Requests that came again before the first one was answered. */
  DUPLICATE("duplicate"),
  /** Requests that would have begun more conversations than the limits allow. */
  LIMIT_EXCEEDED("limit-exceeded"),
  /** Messages that may not come by a hop: what is not relayed, and what servers send. */
  HOP_MESSAGE("drop-hop-message"),
  /**
   * Messages out of which access-network identifiers were taken, because others could read them.
   */
  ACCESS_REMOVED("access-identifiers-removed"),
  /** Messages that a relay agent of the link below the network added to and nobody trusts. */
  LAYER2_IGNORED("layer2-relay-ignored"),
  /** Requests that came before there was a plan. */
  NO_PLAN("drop-no-plan"),
  /** Requests from subnets whose failover relationship is not there. */
  NO_GOVERNOR("drop-no-failover"),
  /** Requests that are the failover partner's, or nobody's for now. */
  GOVERNED("drop-failover-state"),
  /** Requests that would have changed a lease while the store took no changes. */
  STORE_UNAVAILABLE("drop-store-unavailable"),
  /** Requests whose answer was held back because the store did not make it durable. */
  NOT_DURABLE("drop-not-durable"),
  /** Requests that an error in this program left without an answer. */
  DEFECT("drop-defect");

  private final String v6;
  private final String v4;

  PacketCounter(String word) {
    v6 = prefix(Family.IPV6) + word;
    v4 = prefix(Family.IPV4) + word;
  }

  /** How the names of one of the protocols begin. */
  static String prefix(Family family) {
    return family == Family.IPV6 ? "pkt6-" : "pkt4-";
  }

  /** Its name in one of the protocols. */
  public String of(Family family) {
    return family == Family.IPV6 ? v6 : v4;
  }
}
