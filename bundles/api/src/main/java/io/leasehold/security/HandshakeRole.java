// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/** Who began. */
public enum HandshakeRole {
  /** This host connects. */
  CLIENT,
  /** This host was connected to. */
  SERVER
}
