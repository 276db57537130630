// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.rserpool.wire.MessageReader;
import io.leasehold.rserpool.wire.ParameterReader;

/** How the messages are read. */
final class AsapGrammar implements MessageReader.Grammar<AsapMessage> {
  static final AsapGrammar INSTANCE = new AsapGrammar();

  private AsapGrammar() {}

  @Override
  public boolean knows(int type) {
    return type >= AsapMessage.REGISTRATION && type <= AsapMessage.ERROR;
  }

  @Override
  public boolean isError(int type) {
    return type == AsapMessage.ERROR;
  }

  @Override
  public AsapMessage read(int type, int flags, ParameterReader in) {
    return switch (type) {
      case AsapMessage.REGISTRATION -> Registration.read(in);
      case AsapMessage.DEREGISTRATION -> Deregistration.read(in);
      case AsapMessage.REGISTRATION_RESPONSE -> RegistrationResponse.read(flags, in);
      case AsapMessage.DEREGISTRATION_RESPONSE -> DeregistrationResponse.read(in);
      case AsapMessage.HANDLE_RESOLUTION -> HandleResolution.read(flags, in);
      case AsapMessage.HANDLE_RESOLUTION_RESPONSE -> HandleResolutionResponse.read(flags, in);
      case AsapMessage.ENDPOINT_KEEP_ALIVE -> EndpointKeepAlive.read(flags, in);
      case AsapMessage.ENDPOINT_KEEP_ALIVE_ACK -> EndpointKeepAliveAck.read(in);
      case AsapMessage.ENDPOINT_UNREACHABLE -> EndpointUnreachable.read(in);
      case AsapMessage.SERVER_ANNOUNCE -> ServerAnnounce.read(in);
      case AsapMessage.COOKIE -> AsapCookie.read(in);
      case AsapMessage.COOKIE_ECHO -> CookieEcho.read(in);
      case AsapMessage.BUSINESS_CARD -> BusinessCard.read(in);
      case AsapMessage.ERROR -> AsapError.read(in);
      default -> throw new IllegalArgumentException("not a message of ASAP: " + type);
    };
  }
}
