// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import java.util.Objects;
import java.util.Optional;

/**
 * What a STATE message says (RFC 8156 section 6.3).
 *
 * @param state of the sender, or its former one while {@link ServerFlags#startup}; never STARTUP
 * @param flags of the sender
 * @param since when the state was entered
 * @param partnerDown when PARTNER-DOWN was entered; in that state, and in no other
 */
public record StateReport(
    ServerState state, ServerFlags flags, AbsoluteTime since, Optional<AbsoluteTime> partnerDown) {
  /** Refuses STARTUP, and a time of PARTNER-DOWN that is missing or too much. */
  public StateReport {
    Objects.requireNonNull(flags);
    Objects.requireNonNull(since);
    if (state == ServerState.STARTUP) {
      throw new IllegalArgumentException("STARTUP is a flag, not a state to be sent");
    }
    if (partnerDown.isPresent() != (state == ServerState.PARTNER_DOWN)) {
      throw new IllegalArgumentException("time of PARTNER-DOWN " + partnerDown + " in " + state);
    }
  }

  /**
   * What a message says; nothing if its state has no meaning or an option is not there. Then the
   * message is ignored. The start of PARTNER-DOWN is also when it was entered, if nothing else says
   * that.
   */
  public static Optional<StateReport> read(Options options) {
    Optional<ServerState> state =
        options
            .first(FailoverOptions.SERVER_STATE)
            .flatMap(ServerState::of)
            .filter(known -> known != ServerState.STARTUP);
    Optional<ServerFlags> flags = options.first(FailoverOptions.SERVER_FLAGS);
    Optional<AbsoluteTime> since = options.first(FailoverOptions.START_TIME_OF_STATE);
    if (state.isEmpty() || flags.isEmpty() || since.isEmpty()) {
      return Optional.empty();
    }
    Optional<AbsoluteTime> down =
        state.get() == ServerState.PARTNER_DOWN
            ? options.first(FailoverOptions.PARTNER_DOWN_TIME).or(() -> since)
            : Optional.empty();
    return Optional.of(new StateReport(state.get(), flags.get(), since.get(), down));
  }

  /** The options of the message. */
  public Options toOptions() {
    Options.Builder options =
        Options.builder()
            .add(FailoverOptions.SERVER_STATE, state.code())
            .add(FailoverOptions.SERVER_FLAGS, flags)
            .add(FailoverOptions.START_TIME_OF_STATE, since);
    partnerDown.ifPresent(time -> options.add(FailoverOptions.PARTNER_DOWN_TIME, time));
    return options.build();
  }
}
