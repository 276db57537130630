// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What strongSwan would list, in the form it has (5.9.8); each word can be changed. */
public final class Listing {
  private final Map<String, String> ike = new LinkedHashMap<>();
  private final Map<String, String> child = new LinkedHashMap<>();
  public String local = "192.0.2.1/32[udp/bootps]";
  public String remote = "192.0.2.17/32[udp/bootps]";
  public String mode = "TRANSPORT";
  public boolean keyed = true;
  public boolean ikePresent = true;
  public boolean policyPresent = true;
  public final List<ViciMessage> more = new ArrayList<>();

  public Listing() {
    ike(
        "uniqueid", "1",
        "version", "2",
        "state", "ESTABLISHED",
        "local-host", "192.0.2.1",
        "local-id", "server.example",
        "remote-host", "192.0.2.17",
        "remote-id", "relay17.example",
        "dh-group", "ECP_384",
        "established", "60");
    child(
        "name", "dhcp",
        "state", "INSTALLED",
        "mode", "TRANSPORT",
        "protocol", "ESP",
        "encr-alg", "AES_GCM_16",
        "encr-keysize", "256");
  }

  public static Listing ipv6() {
    Listing listing = new Listing();
    listing.ike("local-host", "2001:db8::1", "remote-host", "2001:db8::17");
    listing.local = "2001:db8::1/128[udp/dhcpv6-server]";
    listing.remote = "2001:db8::17/128[17/547]";
    return listing;
  }

  public Listing ike(String... words) {
    put(ike, words);
    return this;
  }

  public Listing child(String... words) {
    put(child, words);
    return this;
  }

  private static void put(Map<String, String> into, String... words) {
    for (int i = 0; i < words.length; i += 2) {
      into.put(words[i], words[i + 1]);
    }
  }

  private Map<String, List<String>> selectors() {
    return Map.of("local-ts", List.of(local), "remote-ts", List.of(remote));
  }

  /** Events of {@code list-sas}. */
  public List<ViciMessage> associations() {
    if (!ikePresent) {
      return List.of();
    }
    Map<String, ViciMessage> children =
        keyed ? Map.of("dhcp-1", new ViciMessage(child, selectors(), Map.of())) : Map.of();
    ViciMessage association =
        new ViciMessage(
            ike, Map.of(), Map.of("child-sas", new ViciMessage(Map.of(), Map.of(), children)));
    return List.of(new ViciMessage(Map.of(), Map.of(), Map.of("relay17", association)));
  }

  /** Events of {@code list-policies}. */
  public List<ViciMessage> policies() {
    List<ViciMessage> all = new ArrayList<>(more);
    if (policyPresent) {
      all.add(policy(mode, selectors()));
    }
    return all;
  }

  public static ViciMessage policy(String mode, Map<String, List<String>> selectors) {
    return new ViciMessage(
        Map.of(),
        Map.of(),
        Map.of(
            "relay17/dhcp",
            new ViciMessage(
                Map.of("child", "dhcp", "ike", "relay17", "mode", mode), selectors, Map.of())));
  }
}
