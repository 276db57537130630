// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code io.leasehold.security}. */
@ObjectClassDefinition(name = "Leasehold security")
@interface SecurityConfig {
  /** Where hops may be without protection. */
  @AttributeDefinition(
      description =
          "Prefixes, separated by blanks, between whose addresses hops may be without protection;"
              + " needed besides insecure.acknowledged")
  String protected_networks() default "127.0.0.0/8 ::1/128";

  /** Which profiles may protect nothing. */
  @AttributeDefinition(
      required = false,
      description =
          "Names of profiles, separated by blanks, for which provider = none is accepted; needed"
              + " besides protected.networks")
  String insecure_acknowledged() default "";

  /** Where keys of this installation and the audit trail are. */
  @AttributeDefinition(
      required = false,
      description = "Directory of audit trail and sealing key; empty: leasehold in Karaf's data")
  String directory() default "";
}
