// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;

/** Reads everything of a frame that a server reads. */
final class FailoverReading {
  private FailoverReading() {}

  /**
   * Throws what decoding throws. Once a message is decoded, nothing that is read of it may throw:
   * that is an error here.
   */
  static void all(Bytes octets) {
    FailoverFrame frame = FailoverFrame.decode(octets);
    assertThat(frame.encode()).isEqualTo(octets);
    assertThat(frame.toString()).isNotEmpty();
    if (frame instanceof FailoverMessage message) {
      try {
        read(message.options());
      } catch (RuntimeException e) {
        throw new AssertionError("decoded, and then refused: " + octets, e);
      }
    }
  }

  private static void read(Options options) {
    BindingContainer.read(options).ifPresent(FailoverReading::assertReturns);
    StateReport.read(options)
        .ifPresent(report -> assertThat(StateReport.read(report.toOptions())).contains(report));
    if (ConnectTerms.missing(options).isEmpty()) {
      assertThat(ConnectTerms.read(options)).isNotNull();
    }
  }

  private static void assertReturns(BindingContainer container) {
    assertThat(BindingContainer.read(container.toOptions())).contains(container);
  }
}
