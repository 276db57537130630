// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.MessageReader;
import io.leasehold.rserpool.wire.PoolMessage;

/** A message of ENRP (RFC 5353 section 2). */
public sealed interface EnrpMessage extends PoolMessage
    permits Presence,
        HandleTableRequest,
        HandleTableResponse,
        HandleUpdate,
        ListRequest,
        ListResponse,
        InitTakeover,
        InitTakeoverAck,
        TakeoverServer,
        EnrpError {
  /** {@link Presence}. */
  int PRESENCE = 0x01;

  /** {@link HandleTableRequest}. */
  int HANDLE_TABLE_REQUEST = 0x02;

  /** {@link HandleTableResponse}. */
  int HANDLE_TABLE_RESPONSE = 0x03;

  /** {@link HandleUpdate}. */
  int HANDLE_UPDATE = 0x04;

  /** {@link ListRequest}. */
  int LIST_REQUEST = 0x05;

  /** {@link ListResponse}. */
  int LIST_RESPONSE = 0x06;

  /** {@link InitTakeover}. */
  int INIT_TAKEOVER = 0x07;

  /** {@link InitTakeoverAck}. */
  int INIT_TAKEOVER_ACK = 0x08;

  /** {@link TakeoverServer}. */
  int TAKEOVER_SERVER = 0x09;

  /** {@link EnrpError}. */
  int ERROR = 0x0a;

  /** Whom a message is for that is for everybody. */
  long EVERYBODY = 0;

  /** Identifier of who sends it. */
  long sender();

  /** Identifier of whom it is for, or {@link #EVERYBODY}. */
  long receiver();

  /**
   * Reads a message.
   *
   * @param frame a whole message, with its padding or without
   * @throws MalformedPacketException if lengths are wrong, or a parameter is missing
   */
  static Decoded<EnrpMessage> decode(Bytes frame) {
    return MessageReader.decode(frame, EnrpGrammar.INSTANCE);
  }
}
