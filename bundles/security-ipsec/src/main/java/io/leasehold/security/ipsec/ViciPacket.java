// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

/**
 * What is said to the IKE daemon, or by it.
 *
 * @param type what it is
 * @param name of the command or event; empty where the type has none
 * @param message what goes with it
 */
public record ViciPacket(Type type, String name, ViciMessage message) {
  /** Kinds of packets; the ordinal is the octet on the wire. */
  public enum Type {
    /** A command. */
    REQUEST(true),
    /** Its answer. */
    RESPONSE(false),
    /** There is no such command. */
    UNKNOWN_COMMAND(false),
    /** Asks for events. */
    REGISTER(true),
    /** Asks for events no longer. */
    UNREGISTER(true),
    /** Events will come, or come no longer. */
    CONFIRM(false),
    /** There is no such event. */
    UNKNOWN_EVENT(false),
    /** An event. */
    EVENT(true);

    private final boolean named;

    Type(boolean named) {
      this.named = named;
    }

    boolean isNamed() {
      return named;
    }
  }

  static ViciPacket request(String command, String... namesAndValues) {
    return new ViciPacket(Type.REQUEST, command, ViciMessage.of(namesAndValues));
  }

  static ViciPacket register(String event) {
    return new ViciPacket(Type.REGISTER, event, ViciMessage.EMPTY);
  }
}
