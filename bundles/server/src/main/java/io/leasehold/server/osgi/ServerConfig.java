// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Machinery of the server; what clients get is in the plan. */
@ObjectClassDefinition(name = "Leasehold server", description = "Machinery of the DHCP server")
public @interface ServerConfig {
  /** Directory of the plan. */
  @AttributeDefinition(
      description =
          "Directory whose *.json documents are the plan. Empty: etc/leasehold/plan.d of the instance")
  String plan_directory() default "";

  /** State directory. */
  @AttributeDefinition(
      description = "Directory for the last good plan. Empty: data/leasehold of the instance")
  String data_directory() default "";

  /** Interfaces. */
  @AttributeDefinition(
      description =
          "Interfaces to listen on while the plan has no interfaces-config, separated by blanks; * is every one that is not loopback")
  String interfaces() default "*";

  /** Port. */
  @AttributeDefinition(
      description = "UDP port of DHCPv6 (RFC 8415 section 7.2); anything but 547 is for tests")
  int port() default 547;

  /** Port of DHCPv4. */
  @AttributeDefinition(
      description = "UDP port of DHCPv4 (RFC 2131 section 4.1); anything but 67 is for tests")
  int dhcp4_port() default 67;

  /** Lanes. */
  @AttributeDefinition(
      description = "Threads that decide, each with links of its own; 0: one for each processor")
  int lanes() default 0;

  /** Queue. */
  @AttributeDefinition(
      description =
          "Requests that may wait for one lane; when it is full, requests are dropped and counted")
  int queue() default 8192;

  /** Limit for a client. */
  @AttributeDefinition(
      description =
          "Conversations that one client may begin in a second; 0: no limit. Clients with leases"
              + " keep them whatever the limits are")
  int limit_client() default 0;

  /** Limit for a port of a relay agent. */
  @AttributeDefinition(
      description =
          "Conversations that may begin in a second at one port of a relay agent, which is what it"
              + " puts into option 82 or the Interface-Id; 0: no limit")
  int limit_relay_port() default 0;

  /** Limit for a link. */
  @AttributeDefinition(
      description =
          "Conversations that may begin in a second on one link, that is a shared network or a"
              + " subnet that stands alone; 0: no limit")
  int limit_link() default 0;

  /** Hops. */
  @AttributeDefinition(
      description =
          "Where relay agents connect, separated by blanks: tls://*, dtls://*, or tcp://[::1] without"
              + " protection; each family has its usual port. A port needs the family it is for:"
              + " tls://*:1547?family=v6. Empty: plain datagrams only")
  String listen() default "";

  /** Protection. */
  @AttributeDefinition(
      description =
          "Name of the channel that protects what listens, where it has none of its own (?channel=)")
  String channel() default "";

  /** Relay policy. */
  @AttributeDefinition(
      description =
          "Whose relayed messages are taken: open (every address, but not for links that are in the"
              + " scope of a protected peer), listed (peers with the role relay, RFC 8213 section 3)"
              + " or protected (peers that have proved who they are)")
  String relay_policy() default "open";

  /** Channel of plain datagrams. */
  @AttributeDefinition(
      description =
          "Name of a channel (provider ipsec or none) that must admit relayed messages which come as"
              + " plain datagrams; while it is down none are taken. Empty: not asked")
  String relay_channel() default "";

  /** Layer 2. */
  @AttributeDefinition(
      description =
          "Whether option 82 in messages without giaddr, which a switch on the way may have added,"
              + " is believed (trust) or taken out (ignore)")
  String relay_layer2() default "trust";

  /** Access-network identifiers. */
  @AttributeDefinition(
      description =
          "Whether access-network identifiers (RFC 7839) are also taken from hops that others can"
              + " read; false takes them out. They are never stored and never logged")
  boolean ani_accept_over_cleartext() default false;

  /** Budget of interceptors. */
  @AttributeDefinition(
      description =
          "Milliseconds that one call of an interceptor may take. One that takes longer too often is"
              + " disabled, and then everything passes it")
  int interceptor_budget_millis() default 2;

  /** Failures of interceptors. */
  @AttributeDefinition(
      description = "Failures in a row that disable an interceptor; then everything passes it")
  int interceptor_failures() default 10;

  /** Deletion. */
  @AttributeDefinition(
      description =
          "Seconds after the end of a lease until what was known of its client is gone from the"
              + " store's files, which are written anew for that; 0 leaves it to the store")
  int privacy_purge_seconds() default 60;

  /** The log. */
  @AttributeDefinition(
      description =
          "How the log calls clients where it does so, which is at DEBUG: hash (a name that is the"
              + " same for the same client, made with the secret in log.key), full (identifiers"
              + " and addresses in clear) or none")
  String privacy_log_identifiers() default "hash";
}
