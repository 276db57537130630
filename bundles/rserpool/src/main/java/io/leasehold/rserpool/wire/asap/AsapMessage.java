// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.MessageReader;
import io.leasehold.rserpool.wire.PoolMessage;

/** A message of ASAP (RFC 5352 section 2). */
public sealed interface AsapMessage extends PoolMessage
    permits Registration,
        Deregistration,
        RegistrationResponse,
        DeregistrationResponse,
        HandleResolution,
        HandleResolutionResponse,
        EndpointKeepAlive,
        EndpointKeepAliveAck,
        EndpointUnreachable,
        ServerAnnounce,
        AsapCookie,
        CookieEcho,
        BusinessCard,
        AsapError {
  /** {@link Registration}. */
  int REGISTRATION = 0x01;

  /** {@link Deregistration}. */
  int DEREGISTRATION = 0x02;

  /** {@link RegistrationResponse}. */
  int REGISTRATION_RESPONSE = 0x03;

  /** {@link DeregistrationResponse}. */
  int DEREGISTRATION_RESPONSE = 0x04;

  /** {@link HandleResolution}. */
  int HANDLE_RESOLUTION = 0x05;

  /** {@link HandleResolutionResponse}. */
  int HANDLE_RESOLUTION_RESPONSE = 0x06;

  /** {@link EndpointKeepAlive}. */
  int ENDPOINT_KEEP_ALIVE = 0x07;

  /** {@link EndpointKeepAliveAck}. */
  int ENDPOINT_KEEP_ALIVE_ACK = 0x08;

  /** {@link EndpointUnreachable}. */
  int ENDPOINT_UNREACHABLE = 0x09;

  /** {@link ServerAnnounce}. */
  int SERVER_ANNOUNCE = 0x0a;

  /** {@link AsapCookie}. */
  int COOKIE = 0x0b;

  /** {@link CookieEcho}. */
  int COOKIE_ECHO = 0x0c;

  /** {@link BusinessCard}. */
  int BUSINESS_CARD = 0x0d;

  /** {@link AsapError}. */
  int ERROR = 0x0e;

  /**
   * Reads a message.
   *
   * @param frame a whole message, with its padding or without
   * @throws MalformedPacketException if lengths are wrong, or a parameter is missing
   */
  static Decoded<AsapMessage> decode(Bytes frame) {
    return MessageReader.decode(frame, AsapGrammar.INSTANCE);
  }
}
