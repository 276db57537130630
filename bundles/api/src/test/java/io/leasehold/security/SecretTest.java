// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SecretTest {
  private static final String PLAIN = "correct horse battery staple";

  private static Secret secret() {
    return Secret.of(Bytes.ofUtf8(PLAIN).toArray());
  }

  @Test
  void nothingShowsIt() {
    Credential key = new Credential.PreSharedKey("r17", Bytes.ofUtf8("r17#1"), secret(), false);
    Credential certificate =
        new Credential.CertificateChain("own", List.of(), secret(), Instant.EPOCH, "");
    assertThat(List.of(secret(), key, certificate))
        .allSatisfy(
            each ->
                assertThat(each.toString())
                    .contains("****")
                    .doesNotContain(PLAIN, Bytes.ofUtf8(PLAIN).toHex()));
  }

  @Test
  void closingOverwritesWhatWasHandedOver() {
    byte[] octets = Bytes.ofUtf8(PLAIN).toArray();
    Secret secret = Secret.of(octets);
    byte[] copy = secret.copy();
    secret.close();
    assertThat(octets).containsOnly(0);
    assertThat(copy).isEqualTo(Bytes.ofUtf8(PLAIN).toArray());
    assertThat(secret.length()).isZero();
    assertThatThrownBy(secret::copy)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("erased");
    secret.close();
  }
}
