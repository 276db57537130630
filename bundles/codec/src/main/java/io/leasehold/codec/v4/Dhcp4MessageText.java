// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.description.DescriptionText;
import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.net.Bytes;

/**
 * Packets as text: a line for each message and option, indented by what contains it. Never refuses
 * a packet; a line says {@code malformed: reason at offset n} where one is wrong. The text holds no
 * character that steers a terminal. Immutable, for any thread; not for the packet path.
 */
public final class Dhcp4MessageText {
  private final Dhcp4Description description;

  /** Describes options as the catalogue defines them. */
  public Dhcp4MessageText(OptionCatalogue catalogue) {
    this.description = new Dhcp4Description(catalogue);
  }

  /** The packet in lines, each ended by a newline. */
  public String describe(Bytes packet) {
    return DescriptionText.of(description.describe(packet));
  }
}
