// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

/**
 * The options for clients of a subnet, without those of the globals.
 *
 * @param own what the subnet says itself
 * @param network what its shared network says
 * @param all both, those of the subnet first
 */
public record LocalOptions(OptionSet own, OptionSet network, OptionSet all) {
  /** Puts those of the subnet before those of its shared network. */
  public static LocalOptions of(OptionSet own, OptionSet network) {
    return new LocalOptions(own, network, own.over(network));
  }
}
