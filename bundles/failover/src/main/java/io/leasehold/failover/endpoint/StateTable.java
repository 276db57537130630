// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static io.leasehold.codec.failover.ServerState.COMMUNICATIONS_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.CONFLICT_DONE;
import static io.leasehold.codec.failover.ServerState.NORMAL;
import static io.leasehold.codec.failover.ServerState.PARTNER_DOWN;
import static io.leasehold.codec.failover.ServerState.POTENTIAL_CONFLICT;
import static io.leasehold.codec.failover.ServerState.RECOVER;
import static io.leasehold.codec.failover.ServerState.RECOVER_DONE;
import static io.leasehold.codec.failover.ServerState.RECOVER_WAIT;
import static io.leasehold.codec.failover.ServerState.RESOLUTION_INTERRUPTED;
import static io.leasehold.codec.failover.ServerState.STARTUP;

import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.lease.Role;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The states of RFC 8156 section 8 as data: what follows from the partner's state, from silence and
 * from an operator, and which state can follow which. The text of the section counts where its
 * figure 6 differs.
 */
final class StateTable {
  /** When an operator may say that the partner is down. */
  enum PartnerDown {
    /** The RFC has that way. */
    AT_ONCE,
    /** Only who insists: the RFC has no such way. */
    FORCED,
    /** There is another way out first, or it is so already. */
    NEVER
  }

  /** What a partner can say that it is in; the columns of {@link #ROWS}. */
  private static final List<ServerState> PARTNERS =
      List.of(
          NORMAL,
          COMMUNICATIONS_INTERRUPTED,
          PARTNER_DOWN,
          RECOVER,
          RECOVER_WAIT,
          RECOVER_DONE,
          POTENTIAL_CONFLICT,
          RESOLUTION_INTERRUPTED,
          CONFLICT_DONE);

  /** Stay, whatever the partner says. */
  private static final String STAY = "- - - - - - - - -";

  private static final Map<String, ServerState> WORDS =
      Map.of(
          "N", NORMAL,
          "CI", COMMUNICATIONS_INTERRUPTED,
          "PC", POTENTIAL_CONFLICT);

  private static final Map<ServerState, List<Optional<ServerState>>> ROWS = rows();
  private static final Map<ServerState, Set<ServerState>> SUCCESSORS = successorRows();

  private StateTable() {}

  private static Map<ServerState, List<Optional<ServerState>>> rows() {
    Map<ServerState, List<Optional<ServerState>>> rows = new EnumMap<>(ServerState.class);
    //                                            N  CI PD R  RW RD PC RI CD
    rows.put(NORMAL, /*                     */ row("- - CI CI CI - CI CI CI"));
    rows.put(COMMUNICATIONS_INTERRUPTED, /* */ row("N N PC - - N PC PC PC"));
    rows.put(PARTNER_DOWN, /*               */ row("PC PC PC - - N PC PC PC"));
    rows.put(RECOVER, /*                    */ row("- - - - - - PC PC PC"));
    rows.put(RECOVER_WAIT, /*               */ row(STAY));
    rows.put(RECOVER_DONE, /*               */ row("N - - CI CI N PC PC PC"));
    rows.put(POTENTIAL_CONFLICT, /*         */ row(STAY));
    rows.put(RESOLUTION_INTERRUPTED, /*     */ row("PC PC PC PC PC PC PC PC PC"));
    rows.put(CONFLICT_DONE, /*              */ row("N - - - - - - - -"));
    return rows;
  }

  private static List<Optional<ServerState>> row(String cells) {
    return List.of(cells.split(" ")).stream()
        .map(word -> Optional.ofNullable(WORDS.get(word)))
        .toList();
  }

  private static Map<ServerState, Set<ServerState>> successorRows() {
    Map<ServerState, Set<ServerState>> after = new EnumMap<>(ServerState.class);
    Set<ServerState> all = EnumSet.complementOf(EnumSet.of(STARTUP));
    after.put(STARTUP, all);
    after.put(NORMAL, EnumSet.of(COMMUNICATIONS_INTERRUPTED));
    after.put(COMMUNICATIONS_INTERRUPTED, EnumSet.of(NORMAL, POTENTIAL_CONFLICT));
    // Once it has learned what it had lost when it began to serve, it goes on with that known.
    after.put(PARTNER_DOWN, EnumSet.of(PARTNER_DOWN, NORMAL, POTENTIAL_CONFLICT));
    after.put(RECOVER, EnumSet.of(RECOVER_WAIT, POTENTIAL_CONFLICT));
    after.put(RECOVER_WAIT, EnumSet.of(RECOVER_DONE));
    after.put(RECOVER_DONE, EnumSet.of(NORMAL, COMMUNICATIONS_INTERRUPTED, POTENTIAL_CONFLICT));
    after.put(POTENTIAL_CONFLICT, EnumSet.of(NORMAL, CONFLICT_DONE, RESOLUTION_INTERRUPTED));
    after.put(RESOLUTION_INTERRUPTED, EnumSet.of(POTENTIAL_CONFLICT));
    after.put(CONFLICT_DONE, EnumSet.of(NORMAL));
    for (ServerState state : all) {
      after.get(state).add(RECOVER);
      if (partnerDown(state) != PartnerDown.NEVER) {
        after.get(state).add(PARTNER_DOWN);
      }
    }
    return Collections.unmodifiableMap(after);
  }

  /**
   * What follows when the partner says its state; empty to stay. Not for STARTUP.
   *
   * @param role of this server
   */
  static Optional<ServerState> onPartner(Role role, ServerState own, ServerState partner) {
    boolean isExpected =
        own == NORMAL && role == Role.SECONDARY && partner == CONFLICT_DONE; // section 8.12
    return isExpected ? Optional.empty() : ROWS.get(own).get(PARTNERS.indexOf(partner));
  }

  /** What follows when communications are lost; empty to stay. */
  static Optional<ServerState> onLost(ServerState own) {
    return switch (own) {
      case NORMAL -> Optional.of(COMMUNICATIONS_INTERRUPTED);
      case POTENTIAL_CONFLICT -> Optional.of(RESOLUTION_INTERRUPTED);
      case STARTUP,
          COMMUNICATIONS_INTERRUPTED,
          PARTNER_DOWN,
          RECOVER,
          RECOVER_WAIT,
          RECOVER_DONE,
          RESOLUTION_INTERRUPTED,
          CONFLICT_DONE ->
          Optional.empty();
    };
  }

  /** What an operator's word that the partner is down does. */
  static PartnerDown partnerDown(ServerState own) {
    return switch (own) {
      case NORMAL, COMMUNICATIONS_INTERRUPTED, RESOLUTION_INTERRUPTED -> PartnerDown.AT_ONCE;
      case STARTUP, RECOVER, RECOVER_WAIT, RECOVER_DONE, CONFLICT_DONE -> PartnerDown.FORCED;
      case PARTNER_DOWN, POTENTIAL_CONFLICT -> PartnerDown.NEVER;
    };
  }

  /** Whether a state can follow another: by the RFC, or because an operator wants it. */
  static boolean canFollow(ServerState own, ServerState next) {
    return SUCCESSORS.get(own).contains(next);
  }

  /**
   * How much a server may do, the least first: a state that may do less is obeyed before it is
   * durable, one that may do more only afterwards.
   */
  static int freedom(Role role, ServerState state) {
    return switch (state) {
      case STARTUP, RECOVER, RECOVER_WAIT, POTENTIAL_CONFLICT -> 0;
      case RECOVER_DONE -> 1;
      case NORMAL -> role == Role.SECONDARY ? 2 : 4;
      case COMMUNICATIONS_INTERRUPTED, RESOLUTION_INTERRUPTED -> 3;
      case CONFLICT_DONE -> 4;
      case PARTNER_DOWN -> 5;
    };
  }

  /** Whether clients are answered at all, so that leases may have come of it. */
  static boolean serves(ServerState state) {
    return freedom(Role.PRIMARY, state) > 1;
  }
}
