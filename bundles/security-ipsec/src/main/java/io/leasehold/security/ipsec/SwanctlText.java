// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.security.Sanitizer;
import java.util.List;

/**
 * Writes a file for {@code /etc/swanctl/conf.d} that fulfils RFC 8213 section 3: transport mode,
 * ESP with combined algorithms, pairs of addresses and the port of DHCP, IKEv2.
 */
final class SwanctlText {
  private static final String IKE = "aes256gcm16-prfsha384-ecp384,aes256-sha256-ecp256";
  private static final String ESP = "aes256gcm16-ecp384,aes256gcm16";

  private SwanctlText() {}

  static String of(String profile, List<HopPlan> hops) {
    StringBuilder text = new StringBuilder();
    text.append("# Written by dhcp:ipsec-generate ")
        .append(Sanitizer.line(profile))
        .append(". Put it into /etc/swanctl/conf.d, fill in the secrets,\n")
        .append("# make it readable for root only, and load it with: swanctl --load-all\n")
        .append("connections {\n");
    hops.forEach(hop -> text.append(connection(hop)));
    text.append("}\nsecrets {\n");
    hops.forEach(hop -> text.append(secret(hop)));
    return text.append("}\n").toString();
  }

  private static String connection(HopPlan hop) {
    return """
          NAME {
            version = 2
            local_addrs = LOCAL
            remote_addrs = REMOTE
            proposals = IKE
            local {
              auth = psk
              id = HERE
            }
            remote {
              auth = psk
              id = THERE
            }
            children {
              dhcp {
                mode = transport
                local_ts = dynamic[udp/PORT]
                remote_ts = dynamic[udp/PORT]
                esp_proposals = ESP
                # Stays when an SA goes: the kernel drops what nothing protects.
                start_action = trap
                close_action = trap
                dpd_action = trap
                rekey_time = 4h
                replay_window = 64
              }
            }
            dpd_delay = 30s
          }
        """
        .replace("NAME", hop.name())
        .replace("LOCAL", hop.local().toString())
        .replace("REMOTE", hop.remote().toString())
        .replace("= IKE", "= " + IKE)
        .replace("= ESP", "= " + ESP)
        .replace("PORT", Integer.toString(hop.port()))
        .replace("= HERE", "= " + hop.localId())
        .replace("= THERE", "= " + hop.remoteId());
  }

  /** Without the line of the secret strongSwan refuses the section: no hop has a known secret. */
  private static String secret(HopPlan hop) {
    String where =
        hop.secret().isEmpty()
            ? "at least 32 random octets, another for each peer"
            : "the octets of credential " + Sanitizer.line(hop.secret());
    return """
          ike-NAME {
            id-1 = HERE
            id-2 = THERE
            # WHERE, in hex:
            # secret = 0x...
          }
        """
        .replace("NAME", hop.name())
        .replace("= HERE", "= " + hop.localId())
        .replace("= THERE", "= " + hop.remoteId())
        .replace("WHERE", where);
  }
}
