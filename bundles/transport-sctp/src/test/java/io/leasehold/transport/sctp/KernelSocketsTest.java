// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** P-202: why there is no SCTP, in words of those who can mend it. */
final class KernelSocketsTest {
  @Test
  void aKernelWithoutSctpIsNamed() {
    assertThat(
            KernelSockets.absence(
                () -> {
                  throw new UnsupportedOperationException("Protocol not supported");
                }))
        .hasValue(
            "the kernel has no SCTP (modprobe sctp loads it where it is installed): Protocol not supported");
  }

  @Test
  void aMissingLibraryIsNamed() {
    assertThat(
            KernelSockets.absence(
                    () -> {
                      throw new UnsupportedOperationException(
                          "libsctp.so.1: cannot open shared object file: No such file or directory");
                    })
                .orElseThrow())
        .startsWith("the library libsctp.so.1 is missing (package libsctp1): ");
  }

  @Test
  void aJavaWithoutTheModuleIsNamed() {
    assertThat(
            KernelSockets.absence(
                    () -> {
                      throw new NoClassDefFoundError("com/sun/nio/sctp/SctpChannel");
                    })
                .orElseThrow())
        .contains("module jdk.sctp", "org.osgi.framework.system.packages.extra")
        .endsWith("com/sun/nio/sctp/SctpChannel");
  }

  @Test
  void otherFailuresStayWhatTheyAre() {
    IOException why = new IOException("Permission denied");
    assertThatThrownBy(
            () ->
                KernelSockets.orSayWhyNot(
                    () -> {
                      throw why;
                    }))
        .isSameAs(why);
    assertThat(KernelSockets.absence(() -> true)).isEmpty();
  }
}
