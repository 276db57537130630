// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;

/** What is done with the sub-options of the relay agent's option (RFC 3046). */
final class AgentOption {
  /** RFC 7839 section 4: access-network identifiers. */
  private static final int FIRST_ACCESS_IDENTIFIER = 13;

  private static final int LAST_ACCESS_IDENTIFIER = 18;

  private AgentOption() {}

  /**
   * Reads an option's value.
   *
   * @throws io.leasehold.codec.MalformedPacketException if the sub-options do not end where it does
   */
  static Options decode(Bytes value) {
    return OptionFraming.NARROW.decode(value);
  }

  /** An option's value. */
  static Bytes encode(Options subOptions) {
    return OptionFraming.NARROW.encode(subOptions);
  }

  /** Whether a sub-option tells where in the access network a client is. */
  static boolean isAccessIdentifier(int code) {
    return code >= FIRST_ACCESS_IDENTIFIER && code <= LAST_ACCESS_IDENTIFIER;
  }

  /** The others; the same object if there are no others. */
  static Options withoutAccessIdentifiers(Options subOptions) {
    Options.Builder rest = Options.builder();
    boolean found = false;
    for (Option each : subOptions) {
      if (isAccessIdentifier(each.code())) {
        found = true;
      } else {
        rest.add(each);
      }
    }
    return found ? rest.build() : subOptions;
  }

  /**
   * What was there before ours were appended to it; servers send it back in that order. Some of
   * ours may be missing.
   */
  static Options withoutAppended(Options returned, Options ours) {
    List<Option> rest = new ArrayList<>();
    returned.forEach(rest::add);
    for (int i = ours.size() - 1; i >= 0; i--) {
      int last = rest.size() - 1;
      if (last >= 0 && isSame(rest.get(last), ours.get(i))) {
        rest.remove(last);
      } else if (!mayBeMissing(ours.get(i).code())) {
        break;
      }
    }
    return Options.of(rest.toArray(Option[]::new));
  }

  /** Whether a server got all of these from us. */
  static boolean isOurs(Options returned, Options ours) {
    return !returned.isEmpty() && withoutAppended(returned, ours).isEmpty();
  }

  private static boolean isSame(Option returned, Option ours) {
    // The flags are of the message that is answered.
    boolean variable = ours.code() == RelayAgentOptions.FLAGS.code();
    return returned.code() == ours.code() && (variable || returned.value().equals(ours.value()));
  }

  /** Servers leave out what RFC 6607 section 3.3 says, and unprotected hops what is private. */
  private static boolean mayBeMissing(int code) {
    return isAccessIdentifier(code) || code == RelayAgentOptions.VSS_CONTROL.code();
  }
}
