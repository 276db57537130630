// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.List;

/**
 * How a registrar announces itself.
 *
 * @param interfaces names of links on which it does
 * @param transports where it serves
 */
public record AnnounceSettings(List<String> interfaces, List<TransportParameter> transports) {
  /** Keeps the lists. */
  public AnnounceSettings {
    interfaces = List.copyOf(interfaces);
    transports = List.copyOf(transports);
  }
}
