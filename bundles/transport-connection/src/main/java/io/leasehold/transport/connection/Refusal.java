// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

/** Why a connection was closed before anything of it was read; each is a counter. */
public enum Refusal {
  ADDRESS("refused-address", "nobody is expected from there"),
  BUDGET("refused-unauthenticated", "too many connections are not authenticated yet"),
  SOURCE("refused-per-source", "too many of its connections are not authenticated yet"),
  RATE("refused-handshake-rate", "it begins connections too often"),
  STRANGERS("refused-strangers-rate", "too many unknown addresses begin connections");

  private final String counter;
  private final String text;

  Refusal(String counter, String text) {
    this.counter = counter;
    this.text = text;
  }

  /** Name of its counter. */
  public String counter() {
    return counter;
  }

  /** The reason, for people. */
  public String text() {
    return text;
  }
}
