// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

/** Types of parameters (RFC 5354 section 3, table 1). */
public final class ParameterType {
  /** An IPv4 address. */
  public static final int IPV4_ADDRESS = 0x1;

  /** An IPv6 address. */
  public static final int IPV6_ADDRESS = 0x2;

  /** A transport address of DCCP. */
  public static final int DCCP_TRANSPORT = 0x3;

  /** A transport address of SCTP. */
  public static final int SCTP_TRANSPORT = 0x4;

  /** A transport address of TCP. */
  public static final int TCP_TRANSPORT = 0x5;

  /** A transport address of UDP. */
  public static final int UDP_TRANSPORT = 0x6;

  /** A transport address of UDP-Lite. */
  public static final int UDP_LITE_TRANSPORT = 0x7;

  /** How members of a pool are chosen. */
  public static final int POLICY = 0x8;

  /** The name of a pool. */
  public static final int POOL_HANDLE = 0x9;

  /** A member of a pool. */
  public static final int POOL_ELEMENT = 0xa;

  /** Identifier and addresses of a registrar. */
  public static final int SERVER_INFORMATION = 0xb;

  /** Why something was not done, or not as asked. */
  public static final int OPERATION_ERROR = 0xc;

  /** State of an application. */
  public static final int COOKIE = 0xd;

  /** The identifier of a pool element. */
  public static final int PE_IDENTIFIER = 0xe;

  /** The checksum of a registrar's pool elements. */
  public static final int PE_CHECKSUM = 0xf;

  /** A transport address that only applications read. */
  public static final int OPAQUE_TRANSPORT = 0x10;

  /** How many pool elements a pool user wants: not of an RFC, sent by rsplib. */
  public static final int REQUESTED_ITEMS = 0x803f;

  private ParameterType() {}

  /** Whether RFC 5354 defines it. */
  static boolean isDefined(int type) {
    return type >= IPV4_ADDRESS && type <= OPAQUE_TRANSPORT;
  }

  /** Whether a message goes on behind an unknown one of this type. */
  static boolean isSkipped(int type) {
    return (type & 0x8000) != 0;
  }

  /** Whether an unknown one of this type is reported to its sender. */
  static boolean isReported(int type) {
    return (type & 0x4000) != 0;
  }
}
