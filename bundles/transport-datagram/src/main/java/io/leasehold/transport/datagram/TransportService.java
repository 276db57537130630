// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Transport;

/** What others see of a transport: its component adds the configuration. */
public class TransportService implements Transport {
  /** Of the interval between two looks at the interfaces, in a configuration. */
  public static final String RESCAN =
      "Milliseconds between two looks at the interfaces, and before the first retry of what could"
          + " not be opened.";

  private final DatagramTransport transport;

  /** Shows a transport; opens nothing. */
  protected TransportService(DatagramTransport transport) {
    this.transport = transport;
  }

  @Override
  public final String name() {
    return transport.name();
  }

  @Override
  public final Binding bind(BindSpec spec, Inbound inbound) {
    return transport.bind(spec, inbound);
  }

  /** Closes what is still open. */
  protected void close() {
    transport.close();
  }
}
