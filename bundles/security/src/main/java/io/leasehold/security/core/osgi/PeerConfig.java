// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Factory PID {@code io.leasehold.security.peer}. */
@ObjectClassDefinition(name = "Leasehold peer")
@interface PeerConfig {
  /** What it may be. */
  @AttributeDefinition(
      description =
          "What it may be, separated by blanks: relay, server, failover-partner,"
              + " leasequery-requestor, enrp-server, pool-element, pool-user, manager")
  String roles() default "";

  /** Names in its certificate. */
  @AttributeDefinition(
      required = false,
      description =
          "Names of which its certificate bears one, separated by blanks: dns:NAME, ip:ADDRESS,"
              + " uri:URI; ip: also names a plain relay agent")
  String names() default "";

  /** Wildcards. */
  @AttributeDefinition(
      description = "Whether a certificate may match by a wildcard for the whole left-most label")
  boolean wildcards() default false;

  /** Keys. */
  @AttributeDefinition(
      required = false,
      description =
          "SHA-256 of public keys in hex, separated by blanks, accepted without an issuer")
  String pins() default "";

  /** Pre-shared keys. */
  @AttributeDefinition(
      required = false,
      description = "Names of credentials of kind psk, separated by blanks, the newest first")
  String psk() default "";

  /** Links. */
  @AttributeDefinition(
      required = false,
      description = "Prefixes of links for which a relay agent may speak; empty: all")
  String scope() default "";

  /** Pools. */
  @AttributeDefinition(
      required = false,
      description =
          "Pools that a pool element may join, separated by blanks; * stands for any octets:"
              + " dhcp6-*")
  String pools() default "";

  /** Addresses of its service. */
  @AttributeDefinition(
      required = false,
      description =
          "Prefixes in which a pool element may offer its service, beside the address that it"
              + " connects from")
  String addresses() default "";
}
