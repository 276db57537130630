// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import io.leasehold.security.ChannelProfile;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Profiles of tests. */
final class Profiles {
  private Profiles() {}

  /** With the pre-shared key {@code key}. */
  static ChannelProfile keys(Map<String, String> settings) {
    return profile(DtlsPreSharedKeys.NAME, "key", "", settings);
  }

  /** With the certificate {@code own} and the anchors {@code trust}. */
  static ChannelProfile certificates() {
    return profile(DtlsCertificates.NAME, "own", "trust", Map.of());
  }

  private static ChannelProfile profile(
      String provider, String credential, String trust, Map<String, String> settings) {
    return new ChannelProfile(
        "test",
        provider,
        false,
        ChannelProfile.PostQuantum.PREFER,
        List.of(credential),
        trust,
        ChannelProfile.Revocation.OFF,
        Duration.ofSeconds(10),
        settings);
  }
}
