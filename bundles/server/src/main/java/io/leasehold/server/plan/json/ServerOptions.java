// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v4.Dhcp4OptionTable;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import java.util.Map;
import java.util.Set;

/** The options that a plan cannot set. */
final class ServerOptions {
  /**
   * Options whose value depends on the message or the lease (RFC 8415 section 24), and those only
   * relays and clients send. Kea takes them, and its example of all options has them.
   */
  private static final Set<Integer> OF_V6 =
      Set.of(1, 2, 3, 4, 5, 6, 8, 9, 11, 13, 14, 18, 19, 20, 25, 26, 39, 47, 48, 66, 67, 79, 135);

  /**
   * The same in DHCPv4 (RFC 2131 table 3): Kea takes them and sends its own, so that plans have
   * them.
   */
  private static final Set<Integer> OF_V4 =
      Set.of(
          50, 51, 52, 53, 55, 56, 57, 58, 59, 61, 80, 81, 82, 90, 91, 92, 93, 94, 118, 145, 151,
          152, 153, 154, 155, 156, 157);

  private static final Map<Integer, String> KEYS_OF_V4 =
      Map.of(
          Dhcp4OptionCode.LEASE_TIME,
          "valid-lifetime",
          Dhcp4OptionCode.RENEWAL_TIME,
          "renew-timer",
          Dhcp4OptionCode.REBINDING_TIME,
          "rebind-timer",
          Dhcp4OptionCode.RAPID_COMMIT,
          "rapid-commit");

  private static final Set<ObjectKind> FOR_SOME =
      Set.of(ObjectKind.CLIENT_CLASS, ObjectKind.POOL, ObjectKind.RESERVATION);

  private ServerOptions() {}

  /** Whether the server writes an option itself. */
  static boolean isWritten(OptionSpace space, int code) {
    return space.equals(OptionSpace.DHCP6) && OF_V6.contains(code)
        || space.equals(OptionSpace.DHCP4) && OF_V4.contains(code);
  }

  /** Reports an option that a plan cannot set; false if it is one. */
  static boolean checkForPlan(Fields fields, OptionSpace space, int code, String title) {
    if (isWritten(space, code)) {
      String key = space.equals(OptionSpace.DHCP4) ? KEYS_OF_V4.get(code) : null;
      warn(
          fields,
          title
              + " depends on the message; the server writes it itself"
              + (key == null ? "" : ", as \"" + key + "\" says"));
    } else if (space.equals(OptionSpace.DHCP6) && code == Dhcp6OptionCode.UNICAST) {
      warn(fields, title + " is obsolete (RFC 9915) and not sent");
    } else if (space.equals(Dhcp4OptionTable.RELAY_AGENT)) {
      warn(fields, title + " is not sent: what a relay agent adds goes back to it unchanged");
    } else {
      return true;
    }
    return false;
  }

  /** Warns of an address of the server for some clients: it is one for all of a subnet. */
  static void checkIdentifier(Fields level, OptionReader.Value value) {
    boolean identifier =
        value.space().equals(OptionSpace.DHCP4) && value.code() == Dhcp4OptionCode.SERVER_ID;
    if (identifier && (FOR_SOME.contains(level.kind()) || !value.guard().isOpen())) {
      String what = value.guard().isOpen() ? level.title() : "some classes";
      level
          .findings()
          .warn(
              value.place(),
              value.title()
                  + " of "
                  + what
                  + " has no effect; accepted are subnets, shared networks and the globals, for all"
                  + " clients");
    }
  }

  private static void warn(Fields fields, String text) {
    fields.findings().warn(fields.place(), text);
  }
}
