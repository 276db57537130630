// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.rserpool.wire.MessageReader;
import io.leasehold.rserpool.wire.ParameterReader;

/** How the messages are read. */
final class EnrpGrammar implements MessageReader.Grammar<EnrpMessage> {
  static final EnrpGrammar INSTANCE = new EnrpGrammar();

  private EnrpGrammar() {}

  @Override
  public boolean knows(int type) {
    return type >= EnrpMessage.PRESENCE && type <= EnrpMessage.ERROR;
  }

  @Override
  public boolean isError(int type) {
    return type == EnrpMessage.ERROR;
  }

  @Override
  public EnrpMessage read(int type, int flags, ParameterReader in) {
    Ends ends = new Ends(in.u32(), in.u32());
    return switch (type) {
      case EnrpMessage.PRESENCE -> Presence.read(ends, flags, in);
      case EnrpMessage.HANDLE_TABLE_REQUEST -> HandleTableRequest.read(ends, flags, in);
      case EnrpMessage.HANDLE_TABLE_RESPONSE -> HandleTableResponse.read(ends, flags, in);
      case EnrpMessage.HANDLE_UPDATE -> HandleUpdate.read(ends, in);
      case EnrpMessage.LIST_REQUEST -> ListRequest.read(ends, in);
      case EnrpMessage.LIST_RESPONSE -> ListResponse.read(ends, flags, in);
      case EnrpMessage.INIT_TAKEOVER -> InitTakeover.read(ends, in);
      case EnrpMessage.INIT_TAKEOVER_ACK -> InitTakeoverAck.read(ends, in);
      case EnrpMessage.TAKEOVER_SERVER -> TakeoverServer.read(ends, in);
      case EnrpMessage.ERROR -> EnrpError.read(ends, in);
      default -> throw new IllegalArgumentException("not a message of ENRP: " + type);
    };
  }
}
