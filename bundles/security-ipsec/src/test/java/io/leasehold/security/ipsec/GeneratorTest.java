// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ProfileRejectedException;
import org.junit.jupiter.api.Test;

class GeneratorTest {
  private final World world = new World();
  private final IpsecProfiles profiles = new IpsecProfiles();

  private Runnable add(String... settings) throws ProfileRejectedException {
    ChannelProfile profile = World.profile(settings);
    return profiles.add(profile, IpsecSettings.of(profile), world.peers());
  }

  @Test
  void writesWhatRfc8213Asks() throws ProfileRejectedException {
    add("ipsec.local", "192.0.2.1 2001:db8::1", "ipsec.identity", "server.example");

    String text = profiles.swanctl("hop");

    assertThat(text)
        .contains("other-1 {", "relay17-1 {", "relay17-2 {")
        .contains("mode = transport", "version = 2", "start_action = trap")
        .contains("local_ts = dynamic[udp/67]", "remote_ts = dynamic[udp/547]")
        .contains("remote_addrs = 2001:db8::17", "esp_proposals = aes256gcm16")
        .contains("id = server.example", "ike-relay17-1 {")
        .contains("# the octets of credential psk-relay17, in hex:")
        .doesNotContain("\n    secret =");
    assertThat(text.chars().filter(each -> each == '{').count())
        .isEqualTo(text.chars().filter(each -> each == '}').count());
  }

  @Test
  void writesCommandsOfALaboratoryWithoutKeys() throws ProfileRejectedException {
    add("ipsec.local", "192.0.2.1", "ipsec.peers", "relay17");

    assertThat(profiles.xfrm("hop").lines().filter(line -> !line.startsWith("#")))
        .containsExactly(
            "ip xfrm state add src 192.0.2.1 dst 192.0.2.17 proto esp spi 0x1000 mode transport"
                + " replay-window 64 aead 'rfc4106(gcm(aes))' \"${KEY_OUT:?}\" 128",
            "ip xfrm state add src 192.0.2.17 dst 192.0.2.1 proto esp spi 0x1001 mode transport"
                + " replay-window 64 aead 'rfc4106(gcm(aes))' \"${KEY_IN:?}\" 128",
            "ip xfrm policy add src 192.0.2.1 dst 192.0.2.17 proto udp sport 67 dport 67 dir out"
                + " tmpl proto esp mode transport",
            "ip xfrm policy add src 192.0.2.17 dst 192.0.2.1 proto udp sport 67 dport 67 dir in"
                + " tmpl proto esp mode transport");
  }

  @Test
  void saysWhatIsMissing() throws ProfileRejectedException {
    assertThatThrownBy(() -> profiles.swanctl("hop"))
        .hasMessage("'hop' is no channel of provider ipsec; there is none");
    Runnable forget = add();
    assertThatThrownBy(() -> profiles.swanctl("hop")).hasMessageContaining("ipsec.local");
    assertThatThrownBy(() -> profiles.swanctl("hip")).hasMessageEndingWith("there are hop");
    forget.run();
    add("ipsec.local", "192.0.2.1", "ipsec.peers", "nobody");
    assertThatThrownBy(() -> profiles.swanctl("hop")).hasMessageContaining("names = ip:ADDRESS");
  }

  @Test
  void refusesSettingsThatItDoesNotKnow() {
    assertThatThrownBy(() -> add("ipsec.lokal", "192.0.2.1"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("ipsec.lokal");
    assertThatThrownBy(() -> add("ipsec.local", "here"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("ipsec.local");
    assertThatThrownBy(() -> add("vici.socket", "charon.vici"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("not a full path");
    assertThatThrownBy(() -> add("ipsec.identity", "a } b"))
        .isInstanceOf(ProfileRejectedException.class)
        .hasMessageContaining("ipsec.identity");
  }
}
